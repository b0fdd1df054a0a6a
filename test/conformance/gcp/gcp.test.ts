import { conforms } from '../run-vectors.ts';

conforms('gcp-mig-autoscaler', 10);
