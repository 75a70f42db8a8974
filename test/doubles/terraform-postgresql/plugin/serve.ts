import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownCertificate } from "./certificate";
import { grpcServer, type Calls } from "./grpc";

/** What Terraform sets, so that nobody starts a provider by hand (internal/plugin/serve.go of terraform-plugin-go). */
const cookie = {
  name: "TF_PLUGIN_MAGIC_COOKIE",
  value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
};

/**
 * Serves as HashiCorp's go-plugin does: says on stdout where it listens (`1|6|unix|PATH|grpc|CERTIFICATE`), speaks gRPC
 * there with TLS on both sides where Terraform gave its certificate, and ends when Terraform says so or is gone.
 */
export function servePlugin(calls: Calls, stop: () => Promise<void>): void {
  const { env } = process;
  if (env[cookie.name] !== cookie.value) {
    process.stderr.write("A stand-in for cyrilgdn/postgresql 1.26.0, for tests; only Terraform can start it.\n");
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "leasehold-plugin-"));
  const exit = async (): Promise<void> => {
    await stop().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  const clientCert = env["PLUGIN_CLIENT_CERT"];
  const own = clientCert === undefined || clientCert === "" ? undefined : ownCertificate();
  const server = grpcServer(
    (path) => {
      if (path !== "/plugin.GRPCController/Shutdown") return calls(path);
      return () => {
        setImmediate(() => void exit());
        return Promise.resolve(new Uint8Array());
      };
    },
    own === undefined ? undefined : { key: own.key, cert: own.pem, clientCert: clientCert ?? "" },
  );
  const socket = join(folder, "plugin.sock");
  server.listen(socket, () => {
    const certificate = own === undefined ? "" : own.der.toString("base64").replace(/=+$/, "");
    process.stdout.write(`1|6|unix|${socket}|grpc|${certificate}\n`);
  });
  // Ctrl-C goes to Terraform, which then decides.
  process.on("SIGINT", () => undefined);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void exit();
  }, 1_000).unref();
}
