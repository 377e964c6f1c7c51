import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A bare connection, for what no HTTP client would send. */
export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/** Sends bytes as they are. @returns all that came until the server closed the connection */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = await connectTo(url);
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  const closed = once(socket, "close");
  socket.write(bytes);
  await closed;
  return answer;
}
