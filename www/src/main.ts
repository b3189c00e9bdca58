// The engine is started first and gets ready while the page is read and drawn.
import "./engine/start.ts";

void import("./page.ts");
