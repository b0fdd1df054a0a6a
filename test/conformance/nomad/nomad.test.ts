import { conforms } from '../run-vectors.ts';

conforms('nomad-policy', 19);
conforms('nomad-strategies', 28);
