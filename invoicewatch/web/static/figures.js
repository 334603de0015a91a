// The keys of the box, and rows that open.
import { openOnPress, watchKeys } from "./rows.js";

const form = document.querySelector("form.box");
watchKeys(form.dataset.keys === "on", form.elements.q, () => [...document.querySelectorAll(".due td:first-child a")]);
openOnPress(document.querySelector("main"), ".due tbody tr");
