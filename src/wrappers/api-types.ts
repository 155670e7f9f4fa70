import type { Client, FetchOptions, ParseAsResponse } from "openapi-fetch";
import type {
  OperationBodies,
  OperationId,
  OperationResponses,
  operations,
} from "../generated/operations.js";
import type { paths } from "../generated/schema.js";
import type { CallLimits } from "./options.js";

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** An operation of the document; a method that a path does not have is `undefined`. */
interface Operation {
  responses: object;
}

type PathsWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, Operation> ? Path : never;
}[keyof paths];

type OperationAt<M extends Method, Path extends keyof paths> = Extract<paths[Path][M], Operation>;

/** The id of the operation of a path and method. */
type IdAt<M extends Method, Path extends keyof paths> = {
  [Id in OperationId]: (typeof operations)[Id] extends { method: Uppercase<M>; path: Path }
    ? Id
    : never;
}[OperationId];

/**
 * The body as the client's own methods take it. openapi-fetch's own type would allow any number of
 * images instead of exactly three.
 */
type BodyOption<Id extends OperationId> = Id extends keyof OperationBodies
  ? (typeof operations)[Id] extends { body: { required: true } }
    ? { body: OperationBodies[Id] }
    : { body?: OperationBodies[Id] }
  : { body?: never };

type Options<M extends Method, Path extends keyof paths> = Omit<
  FetchOptions<OperationAt<M, Path>>,
  "body" | "fetch"
> &
  BodyOption<IdAt<M, Path>> &
  CallLimits;

type OptionsArgument<M extends Method, Path extends keyof paths, Given> =
  Partial<Options<M, Path>> extends Options<M, Path> ? [options?: Given] : [options: Given];

type Successful = 200 | 201 | 202 | 203 | 204 | 205 | 206 | "2XX";

/** The bodies of some of an operation's responses. */
type BodyOf<Responses> = Responses[keyof Responses] extends infer Each
  ? Each extends { content: infer Content }
    ? Content[keyof Content]
    : never
  : never;

/**
 * Like openapi-fetch's result type, but with names for the answers; the original spells them out.
 */
type Answer<M extends Method, Path extends keyof paths, Given> = Promise<
  | {
      data: ParseAsResponse<OperationResponses[IdAt<M, Path>], Given>;
      error?: never;
      response: Response;
    }
  | {
      data?: never;
      error: BodyOf<Omit<OperationAt<M, Path>["responses"], Successful>>;
      response: Response;
    }
>;

type Call<M extends Method> = <Path extends PathsWith<M>, Given extends Options<M, Path>>(
  path: Path,
  ...options: OptionsArgument<M, Path, Given>
) => Answer<M, Path, Given>;

type CallOfAnyMethod = <
  M extends Method,
  Path extends PathsWith<M>,
  Given extends Options<M, Path>,
>(
  method: M,
  path: Path,
  ...options: OptionsArgument<M, Path, Given>
) => Answer<M, Path, Given>;

/**
 * The client of openapi-fetch: a method per HTTP method, called with a path template and with
 * `params`, `body`, `signal`, `headers`. Bodies are typed as exactly as those of the client's own
 * methods, and `timeoutMs` and `maxRetries` are taken too.
 */
export type PikzelsApi = Pick<Client<paths>, "use" | "eject"> & {
  [M in Method as Uppercase<M>]: Call<M>;
} & { request: CallOfAnyMethod };
