// The acts of the floor. Those of one's own close the sheet they were pressed in.
import { closeDialog } from "./dialogs.js";

/**
 * @param {(name: string, fields: Record<string, string | number>) => Promise<unknown>} command
 * @param {() => number | string} speaking id of the turn this screen shows as speaking, "" for none
 */
export function floorActs(command, speaking) {
  return {
    /** @param {string} kind */
    askToSpeak(kind) {
      closeDialog("floor");
      void command("ask_to_speak", { kind });
    },
    /** @param {number} speech */
    withdrawSpeech(speech) {
      closeDialog("floor");
      void command("withdraw_speech", { speech });
    },
    /** @param {number} speech */
    giveFloor: (speech) => command("give_floor", { speech, expected_speech: speaking() }),
    /** @param {number} speech */
    endSpeech: (speech) => command("end_speech", { speech }),
    /** @param {number} speech */
    pauseSpeech: (speech) => command("pause_speech", { speech }),
    /** @param {number} speech */
    resumeSpeech: (speech) => command("resume_speech", { speech }),
    /** @param {number} speech */
    askMoreTime: (speech) => command("ask_more_time", { speech }),
    /** @param {number} speech */
    refuseMoreTime: (speech) => command("refuse_more_time", { speech }),
    /** @param {number} speech */
    readdSpeech: (speech) => command("readd_speech", { speech }),
    /**
     * @param {number} item
     * @param {boolean} closed
     */
    setListClosed: (item, closed) => command("set_list_closed", { item, closed: closed ? 1 : 0 }),
    /**
     * @param {number} speech
     * @param {number} seconds in all
     */
    setSpeechLength: (speech, seconds) => command("set_speech_length", { speech, seconds }),
    /**
     * @param {number} speech
     * @param {number} position from 1
     */
    moveSpeech: (speech, position) => command("move_speech", { speech, position }),
    /** @param {number} target */
    addSpeaker: (target) => command("add_speaker", { target, kind: "main" }),
  };
}
