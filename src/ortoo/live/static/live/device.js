/* The name under which this browser is known in a session, and its token: kept, so that a page that is loaded again is the same
   viewer. A browser that keeps nothing is a new one each time. */
const DAY = 24 * 3_600_000;

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

export const keep = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    /* Full, or forbidden: it works without. */
  }
};

export const kept = (key, otherwise) => read(key) ?? otherwise;

export const deviceToken = (page) => {
  const key = `ortoo-live-${page.dataset.channel}`;
  const known = read(key);
  if (known && known.until > Date.now()) return known.token;
  keep(key, { token: page.dataset.token, until: Date.now() + DAY });
  return page.dataset.token;
};

export const forgetDevice = (page) => {
  const key = `ortoo-live-${page.dataset.channel}`;
  if (read(key)?.token === page.dataset.token) return false;
  keep(key, { token: page.dataset.token, until: Date.now() + DAY });
  return true;
};
