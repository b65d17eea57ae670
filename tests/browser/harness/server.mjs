// Starts the real program for a test, with a data folder of its own, and stops it by its own process.
// It knows the command line and nothing of the pages.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The program under test. */
export const BINARY = process.env.HETAO_BINARY ?? join(ROOT, "target/debug/hetao");
const START_MILLISECONDS_MAX = 120_000;
const STOP_MILLISECONDS_MAX = 10_000;
const LOG_CHARACTERS_MAX = 20_000;

/**
 * Starts `hetao serve --demo` on a free port of the loopback and waits until it says where it listens.
 *
 * `origin` is written with `localhost`: a passkey belongs to a domain name, and 127.0.0.1 is none.
 * @returns {Promise<{origin: string, data: string, pid: number, log: () => string, stop: () => Promise<void>}>}
 */
export async function startServer({ binary = BINARY, more = [] } = {}) {
  const zone = process.env.HETAO_ZONE ?? join(ROOT, "zones/hetao");
  const data = await mkdtemp(join(tmpdir(), "hetao-browser-"));
  const command = ["serve", "--demo", "--zone", zone, "--data", data, "--listen", "127.0.0.1:0", ...more];
  const child = spawn(binary, command, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const keep = (text) => {
    log = (log + text).slice(-LOG_CHARACTERS_MAX);
  };
  child.stderr.setEncoding("utf8").on("data", keep);
  child.stdout.setEncoding("utf8").on("data", keep);
  const ended = new Promise((done) => {
    child.once("error", (error) => done(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => done(`ended with ${signal ?? `exit code ${code}`}`));
  });
  const stop = async () => {
    await stopChild(child, ended);
    await rm(data, { recursive: true, force: true });
  };
  try {
    const address = await listeningAddress(child, ended);
    const origin = address.replace("127.0.0.1", "localhost");
    return { origin, data, pid: child.pid, log: () => log, stop };
  } catch (error) {
    await stop();
    throw new Error(`${binary} ${error.message}; it said:\n${log}`);
  }
}

async function listeningAddress(child, ended) {
  let text = "";
  let timer;
  const listening = new Promise((found, failed) => {
    timer = setTimeout(() => failed(new Error("did not say where it listens in time")), START_MILLISECONDS_MAX);
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text);
      if (address) found(address[1]);
    });
    ended.then((how) => failed(new Error(how)));
  });
  return listening.finally(() => clearTimeout(timer));
}

async function stopChild(child, ended) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MILLISECONDS_MAX);
  await ended;
  clearTimeout(timer);
}
