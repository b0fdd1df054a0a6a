import { mostPolicyFile, policyFilesOf } from '../../../sim-core/index.ts';
import type { Session } from '../../session.ts';
import { addPolicy } from '../inspector/policy-edits.ts';

/** What a policy that joins by its file alone may ask for at most; its form shows it. */
const mostReplicas = 100;

/**
 * Keeps the file of a custom policy under the names by which the scenario on the desk calls it, in whatever folder. Where no
 * policy names it, one is added that does.
 */
export async function takeInPolicy(session: Session, fileName: string, blob: Blob): Promise<void> {
  if (blob.size > mostPolicyFile) {
    session.messages.say(
      'error',
      `${fileName} has ${blob.size} bytes; a policy may have ${mostPolicyFile}. Drop the policy alone, without what it was bundled with.`,
    );
    return;
  }
  const { scenario } = session.documents.store.getState().lastValid ?? {};
  const named = scenario ? policyFilesOf(scenario).filter((file) => file.split(/[/\\]/).at(-1) === fileName) : [];
  let kept = true;
  for (const name of named.length > 0 ? named : [fileName]) kept = (await session.traces.add(name, blob)) && kept;
  if (!kept)
    session.messages.say(
      'info',
      `${fileName} is kept in memory only: the browser’s storage is full or switched off. Drop it again next time.`,
    );
  if (named.length > 0) {
    // The text is the same as before, with another file behind the name.
    session.run();
    session.messages.say('done', `${fileName} is what the policies run that name it.`);
    return;
  }
  const name = fileName.replace(/\.[^.]+$/, '');
  addPolicy(session, { name, controller: { custom: { file: fileName, max: mostReplicas } } });
  session.messages.say(
    'done',
    `${fileName} joined the comparison as a policy, with at most ${mostReplicas} replicas.`,
    {
      label: 'Undo',
      run: () => void session.documents.undo(),
    },
  );
}
