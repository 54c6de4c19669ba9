// The phone was given back: its list goes.

import { wipe } from "./store.js";

await wipe();
