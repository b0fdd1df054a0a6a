/**
 * Decides where a request goes. A router knows the replicas that take requests by their *place* (a small number that is
 * theirs while they exist) and counts what each holds of what was sent to it.
 */
export interface Router {
  /** A replica that holds nothing takes requests from now on; `id` orders the replicas by age. */
  open(place: number, id: number): void;
  /** It takes nothing new; what it holds is not reported any more. */
  close(place: number): void;
  /** Where the next request would go; −1 for nowhere. Asked once a request: it may draw. */
  choose(): number;
  /** The request went to the place just chosen. */
  taken(place: number): void;
  /** A request has left this open place. */
  freed(place: number): void;
}
