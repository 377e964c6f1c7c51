/** Names inside a stack's temporary folder. */
export const DATA_FOLDER = "data";
export const SOCKET_FOLDER = "socket";
export const BINARIES_FOLDER = "postgres";
export const PROMETHEUS_FOLDER = "prometheus";
export const TOKEN_NAME = "token";

/** What every stack's temporary folder begins with. */
export const TEMP_PREFIX = "proving-ground-";
