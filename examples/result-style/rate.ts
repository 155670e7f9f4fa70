import {
  errorCatalog,
  isKnownErrorCode,
  type Pikzels,
  type ThumbnailsScoreResponse,
} from "pikzels-client";

/** The result, without an exception for anything that the service answers. */
export type Rated =
  | { kind: "rated"; rating: ThumbnailsScoreResponse }
  | { kind: "refused"; why: string; retryLater: boolean };

/** Scores an image. Rejects only if there was no documented response. */
export async function rate({ api }: Pick<Pikzels, "api">, image_url: string): Promise<Rated> {
  const { data, error, response } = await api.POST("/v2/thumbnail/score", { body: { image_url } });
  if (data) return { kind: "rated", rating: data };

  const { code } = error.error;
  const why = `${response.status} ${code}`;
  if (!isKnownErrorCode(code)) return { kind: "refused", why, retryLater: false };
  return { kind: "refused", why, retryLater: errorCatalog[code].canSucceedLater };
}
