"use client";
import { init, processPayload } from "oim-config";
import { useEffect, useState } from "react";
import { body, payload } from "../example.mjs";

export default function Client() {
  const [answer, setAnswer] = useState();
  useEffect(() => {
    init().then(() => setAnswer(JSON.stringify(processPayload(body, payload))));
  }, []);
  return answer === undefined ? null : <pre id="answer">{answer}</pre>;
}
