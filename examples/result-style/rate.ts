import {
  errorCatalog,
  isKnownErrorCode,
  isPikzelsApiError,
  type Pikzels,
  type ThumbnailsScoreResponse,
} from "pikzels-client";

/** The result, without an exception for anything that the service answers. */
export type Rated =
  | { kind: "rated"; rating: ThumbnailsScoreResponse }
  | { kind: "refused"; why: string; retryLater: boolean };

/** Scores an image. Rejects only if there was no documented response. */
export async function rate(
  { thumbnails }: Pick<Pikzels, "thumbnails">,
  image_url: string,
): Promise<Rated> {
  try {
    return { kind: "rated", rating: await thumbnails.score({ image_url }) };
  } catch (error) {
    if (!isPikzelsApiError(error)) throw error;
    const { status, code } = error;
    const retryLater = isKnownErrorCode(code) && errorCatalog[code].canSucceedLater;
    return { kind: "refused", why: `${status} ${code}`, retryLater };
  }
}
