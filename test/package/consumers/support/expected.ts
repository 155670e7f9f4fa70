/** What `programs/tour.mjs` prints if everything works. */
export const expectedTour = {
  codes: 31,
  picture: "image/png",
  style: "completed",
  gone: "NOT_FOUND",
  refused: "PikzelsInputError not-sent",
  titles: true,
  keyShown: false,
};
