import { conforms } from '../run-vectors.ts';

conforms('elasticity-metrics', 4);
