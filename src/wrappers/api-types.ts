import type { Client, FetchOptions, ParseAsResponse } from "openapi-fetch";
import type { paths } from "../generated/schema.js";
import type { CallLimits } from "./options.js";

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** An operation of the schema; a method that a path does not have is `undefined` there. */
interface Operation {
  responses: object;
}

type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, Operation> ? Path : never;
}[keyof paths];

type OperationAt<M extends Method, Path extends keyof paths> = Extract<paths[Path][M], Operation>;

/** The body as the spec has it: openapi-fetch's own type makes any number of images of three. */
type ExactBody<Op> = Op extends { requestBody: { content: { "application/json": infer Body } } }
  ? { body: Body }
  : unknown;

type Options<Op> = FetchOptions<Op> & ExactBody<Op> & CallLimits;

type OptionsArgument<Op, Given> =
  Partial<Options<Op>> extends Options<Op> ? [options?: Given] : [options: Given];

type Successful = 200 | 201 | 202 | 203 | 204 | 205 | 206;

/** Of some of an operation's responses. */
type JsonOf<Responses> = Responses[keyof Responses] extends infer Each
  ? Each extends { content: { "application/json": infer Body } }
    ? Body
    : never
  : never;

/** As openapi-fetch has it, but by the names of what is answered: its own type spells them out. */
type Answer<Op extends Operation, Given> = Promise<
  | {
      data: ParseAsResponse<
        JsonOf<Pick<Op["responses"], keyof Op["responses"] & Successful>>,
        Given
      >;
      error?: never;
      response: Response;
    }
  | {
      data?: never;
      error: JsonOf<Omit<Op["responses"], Successful>>;
      response: Response;
    }
>;

type Call<M extends Method> = <
  Path extends PathsWith<M>,
  Given extends Options<OperationAt<M, Path>>,
>(
  path: Path,
  ...options: OptionsArgument<OperationAt<M, Path>, Given>
) => Answer<OperationAt<M, Path>, Given>;

type CallOfAnyMethod = <
  M extends Method,
  Path extends PathsWith<M>,
  Given extends Options<OperationAt<M, Path>>,
>(
  method: M,
  path: Path,
  ...options: OptionsArgument<OperationAt<M, Path>, Given>
) => Answer<OperationAt<M, Path>, Given>;

/**
 * The client of openapi-fetch: a method per HTTP method, called with a path template and with
 * `params`, `body`, `signal`, `headers`. Bodies are typed as exactly as those of the client's own
 * methods, and `timeoutMs` and `maxRetries` are taken too.
 */
export type PikzelsApi = Pick<Client<paths>, "use" | "eject"> & {
  [M in Method as Uppercase<M>]: Call<M>;
} & { request: CallOfAnyMethod };
