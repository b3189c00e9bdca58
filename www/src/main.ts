import "./playground.ts";
