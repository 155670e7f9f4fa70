/**
 * Images between the API and the file system.
 *
 * @module pikzels-client/node
 */
export {
  downloadTo,
  type DownloadProgress,
  type DownloadToOptions,
  type SavedImage,
} from "./download-to.js";
export { readImage } from "./read-image.js";
