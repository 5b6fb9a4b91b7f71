/** Worker processes, and the tasks they share. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Task, TaskResult } from './tasks.ts';

/** Calls `done` in the order of completion. The first error of a worker ends everything. */
export async function runTasks(
  tasks: Iterable<Task>,
  workers: number,
  done: (number: number, task: Task, result: TaskResult) => void,
): Promise<void> {
  const left = tasks[Symbol.iterator]();
  let number = 0;
  const lane = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'worker.ts'), {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      let current: { number: number; task: Task } | undefined;
      const next = (): void => {
        const { value, done: isOver } = left.next();
        if (isOver) {
          child.disconnect();
          resolve();
          return;
        }
        current = { number: number++, task: value };
        child.send(current);
      };
      child.on('message', (message: { ready?: true; result?: TaskResult; error?: string }) => {
        if (message.error !== undefined) {
          child.kill();
          reject(new Error(message.error));
          return;
        }
        if (message.result && current) done(current.number, current.task, message.result);
        next();
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (code !== 0) reject(new Error(`A worker ended with ${code}.`));
      });
    });
  await Promise.all(Array.from({ length: workers }, lane));
}
