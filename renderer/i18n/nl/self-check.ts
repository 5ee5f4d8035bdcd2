/** Dutch: the self-check. */
import type { selfCheck as english } from '../en/self-check.ts';
import type { Words } from '../words.ts';

export const selfCheck: Words<typeof english> = {
  selfCheck: {
    open: 'Zelfcontrole…',
    title: 'Zelfcontrole',
    about:
      'Wat Headlight op deze computer vond. Er wordt niets van verstuurd; in het verslag staat niet wat je typte, en je thuismap heet er ~.',
    checking: 'Elk apparaat wordt met de CPU vergeleken, en elk bestand van de meegeleverde modellen nagekeken…',
    again: 'Opnieuw controleren',
    copy: 'Kopieer voor een foutmelding',
    copied: 'Gekopieerd, in het Engels.',
    notCopied: 'Kopiëren lukte niet; selecteer de tekst en kopieer die zelf.',
    report: 'Het verslag',
    wrong: 'Er is iets mis',
    right: 'Alles is in orde',
    versions: 'Versies',
    machine: 'Deze computer',
    devices: 'Apparaten',
    bundled: 'Meegeleverde modellen',
    folders: 'Mappen',
    kind: 'Draait als',
    kinds: {
      electron: 'app; venster en rekenkern praten met berichten van Electron',
      server: 'pagina in een browser; die en de rekenkern praten over een WebSocket van deze computer',
      cli: 'opdrachtregel',
    },
    browser: 'Browser',
    system: 'Systeem',
    architecture: 'Architectuur',
    cpu: 'CPU',
    cpuValue: '{{name}}, {{cores}} logische kernen',
    memory: 'Geheugen',
    memoryValue: '{{all}}, {{free}} vrij',
    deviceState: {
      ready: 'doorstond zijn zelftest',
      untested: 'niet getest',
      unavailable: 'niet op deze computer',
      failed: 'zakte voor zijn zelftest',
    },
    readyTime: 'doorstond zijn zelftest in {{time}}',
    reference: 'rekent de getallen waarmee de andere worden vergeleken',
    bundledState: {
      verified: '{{files}} bestanden zoals ze zijn meegeleverd',
      damaged: 'beschadigd: {{problem}}',
      unlisted: 'niet van Headlight zelf; de hash is niet bekend',
    },
    folder: {
      settings: 'Instellingen',
      logs: 'Logboek',
      cache: 'Cache van Hugging Face',
      bundled: 'Meegeleverde modellen',
      models: 'Je modellen',
    },
    free: '{{path}} ({{free}} vrij)',
    missing: '{{path}} (nog niet gemaakt)',
    noLogs: 'geen: het logboek gaat naar de terminal',
  },
};
