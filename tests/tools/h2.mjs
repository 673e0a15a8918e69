// Puts HTTP/2 and TLS, as the host has them, before a plain server: node h2.mjs KEY CERT TARGET.
// Prints its port. Only the paint measurements use it; over HTTP/1.1 a second file costs a
// second connection, which no reader of the published site pays.
import { createSecureServer } from "node:http2";
import { get } from "node:http";
import { readFileSync } from "node:fs";

const [key, cert, target] = process.argv.slice(2);
const PLAIN = /^(:|connection$|keep-alive$|transfer-encoding$)/;
const kept = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !PLAIN.test(name)));

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  get(target + headers[":path"], { headers: kept(headers) }, (answer) => {
    stream.respond({ ":status": answer.statusCode, ...kept(answer.headers) });
    answer.pipe(stream);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
