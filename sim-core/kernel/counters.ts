/** Names of the places in a counter array. One Float64Array instead of fields keeps the inner loop's stores cheap. */
export const arrivals = 0;
export const retries = 1;
export const completed = 2;
export const rejected = 3;
export const timedOut = 4;
export const failed = 5;
/** attempts that had to wait */
export const queued = 6;
/** attempts that left the line for a slot */
export const dequeued = 7;
/** Σ wait before service, s */
export const waitingTime = 8;
/** Σ sojourn of completed attempts, s */
export const sojournTime = 9;
/** Σ slot time of completed attempts, s, and Σ of its square */
export const serviceTime = 10;
export const serviceTimeSquare = 11;
/** Σ (instant − start of row) over joining and over leaving the line: the time integral of its length */
export const joinOffset = 12;
export const leaveOffset = 13;
/** slot-seconds worked in this row by requests that have left their slot */
export const busyTime = 14;
export const counterCount = 15;
