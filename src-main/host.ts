import type { Port } from '../src-shared/wire/port.ts';

/**
 * The world as the application sees it. Two hosts implement it: Electron, and plain Node with its window in a browser.
 * Everything under `src-main/app` knows this file and neither host.
 */
export interface Host {
  readonly kind: 'electron' | 'headless';
  readonly platform: string;
  readonly pid: number;
  readonly files: HomeFiles;

  /** Starts `out/main/<name>.js` as a process of its own. Faults: CHILD_FAILED when it cannot be started at all. */
  spawn(options: ChildOptions): Promise<Child>;

  /**
   * A private channel between two children: neither the supervisor nor anyone else can read it. Each side is told the
   * name given for it. Faults: LINK_FAILED; then neither side keeps an end that works.
   */
  link(first: LinkEnd, second: LinkEnd): Promise<void>;

  /** Opens the window surface. May be called once. */
  serveWindow(options: WindowOptions): Promise<WindowSurface>;

  /** A local socket for commands of the same OS user. Faults: ALREADY_RUNNING when another Bulkhead serves this home. */
  serveControl(onConnection: (port: Port) => void): Promise<ControlSurface>;

  /** Milliseconds since 1970, wall clock. */
  now(): number;
  randomHex(bytes: number): string;
  sha256Hex(text: string): string;

  /** Handlers run in reverse order of registration, all of them, when the app quits for whatever reason but a kill. */
  onQuit(handler: () => Promise<void>): void;
  quit(): void;

  /** What the tray and the window's title show. Nothing to do in the headless host. */
  tell(state: Outline): void;
}

/** Which of ours to run. The worker runs vendor code; it is the one that must be trusted least. */
export type ChildName = 'gateway' | 'broker' | 'ledger' | 'worker' | 'demo';

export interface ChildOptions {
  readonly name: ChildName;
  /** The whole environment of the child. Nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute paths it may read, besides the program's own code; a folder means everything in it. */
  readonly read: readonly string[];
  /** Absolute paths it may write. */
  readonly write: readonly string[];
  readonly mayLoadAddons: boolean;
  /**
   * Runs under Node's permission model. Enforced by the headless host only: Electron's utilityProcess ignores the flags,
   * so there a child is separate from us but not contained.
   */
  readonly isConfined: boolean;
  readonly memoryMb: number;
  /** `inherit` for the one child that may ask for a passphrase. Electron has no stdin for children: always none there. */
  readonly stdin: 'none' | 'inherit';
}

export interface Child {
  readonly name: ChildName;
  readonly pid: number | undefined;
  /** The control port: the child's `connectParent().control`. Closes when the process ends. */
  readonly port: Port;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** SIGKILL: no handler in the child can delay it. */
  kill(): void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of its stderr, at most 4 KB, for our log alone: a crash may quote anything, so it goes to no client. */
  readonly lastWords: string;
}

export interface LinkEnd {
  readonly child: Child;
  readonly name: string;
}

export interface WindowOptions {
  /** Called for each window that proved the operator, with its port. */
  onWindow(port: Port): void;
  /** Whether a pasted token is the operator's. Must compare in constant time. Only the headless host asks. */
  isOperator(token: string): boolean;
  /** Counts a log-in that was wrong. True when there were too many within a minute. Only the headless host asks. */
  failedLogIn(): boolean;
  log(text: string): void;
}

export interface WindowSurface {
  /** Where the window is; holds no secret. */
  readonly windowUrl: string;
  /** A one-time address that logs a browser in; null where the window is not a web page. */
  mintUrl(): string | null;
  /** Brings the window to the front; the headless host opens the browser when it may. */
  show(): void;
  close(): Promise<void>;
}

export interface ControlSurface {
  /** The path of the socket, or the name of the pipe, for `run/app.json`. */
  readonly path: string;
  close(): Promise<void>;
}

/** What a person must be able to see without opening anything. */
export interface Outline {
  readonly customer: string | null;
  /** The customer's colour, in degrees. */
  readonly hue?: number;
  readonly isProblem: boolean;
  /** Calls that wait for a person, and the last that came. What it would do is for the window alone. */
  readonly pendingApprovals: number;
  readonly lastAsked?: { readonly id: string; readonly title: string; readonly customer: string } | undefined;
}

/**
 * The home folder. Paths are relative to it and cannot leave it; every folder made is 0700 and every file 0600.
 * Throws Fault HOME_UNUSABLE for what the file system refuses.
 */
export interface HomeFiles {
  /** Absolute. */
  readonly home: string;
  /** The absolute form of a path in the home folder. */
  path(relative: string): string;
  makeFolder(relative: string): void;
  /** undefined when there is no such file, or one of more than `most` bytes. */
  read(relative: string, most?: number): string | undefined;
  /** Atomic and durable; makes the folder when there is none. */
  write(relative: string, text: string): void;
  /** Names in a folder, sorted; empty when there is no such folder. */
  list(relative: string): readonly string[];
  /** A file or a whole folder. Nothing there is fine. */
  remove(relative: string): void;
  /** Appends a line, for the log; not durable. */
  append(relative: string, line: string): void;
}

/** What an entry file read from the command line and the environment. */
export interface AppOptions {
  readonly version: string;
  /** 0 = any free port. */
  readonly mcpPort: number;
  readonly isDemo: boolean;
  /** Absolute path of the demo's data file. */
  readonly demoData: string;
  /** The id of the demo's technician to sign in; null takes the one its data names. */
  readonly demoAs: string | null;
  /** BULKHEAD_KEYSTORE as it was given; null when it was not. */
  readonly keystore: string | null;
  /** BULKHEAD_LOG as it was given; null when it was not. */
  readonly logLevel: string | null;
  /** What the OS keychain needs to be reached (D-Bus address, runtime folder, home); given to the broker alone. */
  readonly keychainEnvironment: Readonly<Record<string, string>>;
}

/** What `startApp(host, options)` answers when everything serves. `stop` ends within two seconds. */
export interface RunningApp {
  readonly ready: {
    readonly mcpUrl: string;
    readonly windowUrl: string;
    readonly pid: number;
    readonly host: 'electron' | 'headless';
  };
  readonly operatorToken: string;
  /** What whoever started the app should know, a plain sentence each. */
  readonly notes: readonly string[];
  /** The surface, so that an entry file can show it. */
  readonly window: WindowSurface;
  stop(): Promise<void>;
}

export type StartApp = (host: Host, options: AppOptions) => Promise<RunningApp>;
