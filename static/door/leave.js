// The phone was given back: its list goes. What no server has taken stays, and can still be saved to a file.

import { save, untaken } from "./file.js";
import { wipe } from "./store.js";

await wipe();
document.getElementById("left-save").addEventListener("click", save);
document.getElementById("left").hidden = !(await untaken()).length;
