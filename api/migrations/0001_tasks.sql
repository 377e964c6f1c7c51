-- Up Migration
CREATE TABLE tasks (
  -- uuidv7 grows with time, so the primary key is the order of the list as well
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 4000),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'completed')),
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
  due_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  CHECK ((status = 'completed') = (completed_at IS NOT NULL))
);

CREATE INDEX tasks_status_id ON tasks (status, id DESC);
CREATE INDEX tasks_due ON tasks (due_at) WHERE due_at IS NOT NULL AND status <> 'completed';
CREATE INDEX tasks_words ON tasks USING gin (to_tsvector('simple', title));

-- Down Migration
DROP TABLE tasks;
