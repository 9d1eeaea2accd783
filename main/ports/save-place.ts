/** Asks the person in front of a display where a file is to go. Null where nobody chose a place. Never rejects. */
export type AskSavePlace = (displayId: string, fileName: string) => Promise<string | null>;
