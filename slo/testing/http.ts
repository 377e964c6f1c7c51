import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** A real HTTP server on a free port of 127.0.0.1. */
export async function serveHttp(listener: RequestListener): Promise<RunningServer> {
  const server = createHttpServer(listener);
  const running = await listening(server);
  return {
    ...running,
    stop: async () => {
      server.closeAllConnections();
      await running.stop();
    },
  };
}

/** A real TCP server that is handed each connection and says nothing by itself. */
export async function serveTcp(onSocket: (socket: Socket) => void): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  const running = await listening(server);
  return {
    ...running,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await running.stop();
    },
  };
}

/** An address at which nothing listens, nor will: while this process lives, its port is the near end of a connection. */
export async function nowhere(): Promise<string> {
  const server = createTcpServer((socket) => socket.unref());
  const { port } = await listening(server);
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  server.unref();
  socket.unref();
  return `http://127.0.0.1:${socket.localPort}`;
}

async function listening(server: Server): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, port, stop };
}
