/** What the server puts in front of the service worker (meetings/views/offline.py). */
declare const OFFLINE: { release: string; homes: string[]; shell: string; words: string; files: string[] };
