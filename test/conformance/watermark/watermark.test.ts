import { conforms } from '../run-vectors.ts';

conforms('wpa-watermark', 14);
