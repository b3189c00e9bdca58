import "./offline/update.ts";
import "./playground.ts";
