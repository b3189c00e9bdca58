const { processPayload } = require("oim-config");
const { body, payload } = require("./example.cjs");

console.log(JSON.stringify(processPayload(body, payload)));
