// What the page asks of the server, and what the server tells by itself.
import { toast } from './dom.js';

export class Fault extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({ fault: response.statusText }));
  if (!response.ok) throw new Fault(body.fault ?? response.statusText, response.status);
  return body;
}

export async function get(path, values = {}) {
  return answer(await fetch(`${path}?${new URLSearchParams(values)}`));
}

export async function post(path, body = {}) {
  return answer(await fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }));
}

/** Least and greatest values of a stretch: float32, (channels, parts, 2). */
export async function outline(name, from, to, parts) {
  const response = await fetch(`/api/trace?${new URLSearchParams({ name, from, to, parts })}`);
  if (!response.ok) await answer(response);
  return new Float32Array(await response.arrayBuffer());
}

/** Does something and shows what is wrong, if anything is. */
export async function attempt(work) {
  try {
    return await work();
  } catch (fault) {
    toast(fault.message, true);
    return undefined;
  }
}

const listeners = new Map();

/** Calls back for what the server tells; gives a function that ends it. */
export function on(type, listener) {
  if (!listeners.has(type)) listeners.set(type, new Set());
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

function tell(type, message) {
  for (const listener of [...listeners.get(type) ?? []]) listener(message);
}

export function listen() {
  const socket = new WebSocket(`ws://${location.host}/api/live`);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') {
      const message = JSON.parse(data);
      tell(message.type, message);
      return;
    }
    const view = new DataView(data);
    tell('trace', { first: view.getUint32(0, true), channels: view.getUint16(4, true), count: view.getUint16(6, true),
      values: new Float32Array(data, 8) });
  };
  socket.onopen = () => tell('open', {});
  socket.onclose = () => {
    tell('lost', {});
    setTimeout(listen, 1000);
  };
}
