import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A bare connection, for what no HTTP client would send. */
export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Whether a connection that is cut off ends by FIN or RST is a matter of who is quicker.
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Sends bytes as they are. @returns all that came until the server closed the connection */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  return await sendOn(await connectTo(url), bytes);
}

/** The same on a connection that is there already. */
export async function sendOn(socket: Socket, bytes: string): Promise<string> {
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(bytes);
  await closed;
  return answer;
}
