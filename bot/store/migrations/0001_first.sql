-- Updates of Telegram in the order of their arrival. `done_at` is empty as long as one waits to be handled;
-- what is done keeps its id for a while, so that a repeated update is known, and loses everything else at once.
CREATE TABLE inbox (
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id   INTEGER NOT NULL UNIQUE,
    chat        TEXT,
    content     TEXT,
    received_at REAL NOT NULL,
    sending     INTEGER NOT NULL DEFAULT 0,
    sent        TEXT NOT NULL DEFAULT '[]',
    done_at     REAL,
    result      TEXT
);
CREATE INDEX inbox_waiting ON inbox (place) WHERE done_at IS NULL;
CREATE INDEX inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;

-- What was said in a chat, or by one person in one thread of a group.
CREATE TABLE conversation (
    chat_id  INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    turns    TEXT NOT NULL,
    used_at  REAL NOT NULL,
    PRIMARY KEY (chat_id, user_id, topic)
) WITHOUT ROWID;
CREATE INDEX conversation_of ON conversation (user_id);
CREATE INDEX conversation_used ON conversation (used_at);

-- What was answered, as far as it takes to show it again: the message, and the conversation that it was asked in.
CREATE TABLE answer (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id     INTEGER NOT NULL,
    user_id     INTEGER NOT NULL,
    topic       INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    message     TEXT NOT NULL,
    before      TEXT NOT NULL,
    chosen      TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    answered_at REAL NOT NULL
);
CREATE INDEX answer_to ON answer (chat_id, question_id);
CREATE INDEX answer_for ON answer (user_id, chat_id, id);
CREATE INDEX answer_at ON answer (answered_at);

-- The messages that show an answer, in order.
CREATE TABLE shown (
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    answer     INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
    PRIMARY KEY (chat_id, message_id)
) WITHOUT ROWID;
CREATE INDEX shown_of ON shown (answer, message_id);

CREATE TABLE rating (
    answer   INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL,
    verdict  TEXT NOT NULL,
    given_at REAL NOT NULL,
    PRIMARY KEY (answer, user_id)
) WITHOUT ROWID;
CREATE INDEX rating_by ON rating (user_id);

CREATE TABLE preference (
    user_id  INTEGER PRIMARY KEY,
    language TEXT NOT NULL
);

-- Single values: which bot this is, when Telegram was last heard, what was counted.
CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
