/* The page in the frame of an H5P activity, on an origin that is nobody's (see ADR 19).

   Stands after closed.js and before the scripts of strangers. It starts the content, and tells the
   page around it what happens: {h5p: 1, type: ...} with
     ready                                        it can be used
     size       height                            in pixels, whenever it changes
     statement  statement, report, touched        xAPI; touched: somebody did something since the
                                                  frame was loaded, or since the last deciding one
     state      state, touched                    JSON, when it changed; also after {type: 'save'};
                                                  touched: somebody did something since it was loaded
     failed     reason                            script, content or start
   Nothing that is told here can be trusted: the code of strangers can tell the same. */
(function () {
  'use strict';

  const SAVE_EVERY = 5000; // ms
  const MOST_STATE = 65536; // characters; the site takes no more
  const HIGHEST = 20000; // px; a content that grows with its frame would never stop
  const settings = JSON.parse(document.getElementById('h5p-settings').textContent);
  const around = window.parent;

  function tell(type, facts) {
    around.postMessage(Object.assign({h5p: 1, type: type}, facts), '*');
  }

  /* ---- What contents expect, and an opaque origin lacks ---- */

  function memoryStorage() {
    const kept = new Map();
    return {
      getItem: function (key) { return kept.has(String(key)) ? kept.get(String(key)) : null; },
      setItem: function (key, value) { kept.set(String(key), String(value)); },
      removeItem: function (key) { kept.delete(String(key)); },
      clear: function () { kept.clear(); },
      key: function (index) { return Array.from(kept.keys())[index] || null; },
      get length() { return kept.size; }
    };
  }

  function lend(object, name, how) {
    Object.defineProperty(object, name, Object.assign({configurable: false}, how));
  }

  /* Asking for the real ones is an error, at which contents would stop. */
  lend(window, 'localStorage', {value: memoryStorage()});
  lend(window, 'sessionStorage', {value: memoryStorage()});
  lend(document, 'cookie', {get: function () { return ''; }, set: function () {}});

  /* ---- The content ---- */

  /* No <link>: closed.js says why. Contents measure themselves, so they wait for how they look. */
  function styled() {
    const style = document.createElement('style');
    style.textContent = settings.styles.map(function (address) {
      return '@import url(' + JSON.stringify(address) + ');';
    }).join('\n');
    return new Promise(function (done) {
      style.addEventListener('load', done);
      style.addEventListener('error', done); // without one of them it can still be played
      document.head.append(style);
    });
  }

  const looks = styled();
  const content = fetch(settings.content, {credentials: 'omit'}).then(function (answer) {
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.text();
  });
  let failed = false;
  let touched = false; // since the last statement that decides
  let everTouched = false;
  let lastState = savedState();
  let lastHeight = 0;

  window.H5P = {preventInit: true}; // we begin ourselves, when somebody listens
  window.H5PIntegration = settings.integration;

  function ours() {
    return settings.integration.contents['cid-1'];
  }

  function savedState() {
    const saved = ours().contentUserData[0];
    return saved ? saved.state : undefined;
  }

  function fail(reason) {
    if (!failed) {
      failed = true;
      tell('failed', {reason: reason});
    }
  }

  function root() {
    return window.H5P.instances[0];
  }

  function start() {
    return content.then(function (text) {
      JSON.parse(text);
      ours().jsonContent = text;
      return looks;
    }).catch(function () {
      fail('content');
      throw new Error('content');
    }).then(function () {
      window.H5P.externalDispatcher.on('xAPI', told);
      window.H5P.init(document.body);
      if (!root()) {
        throw new Error('start');
      }
      tell('ready', {});
      watchSize();
      window.setInterval(saveState, SAVE_EVERY);
    }).catch(function (error) {
      console.error(error);
      fail('start');
    });
  }

  /* ---- Statements and state ---- */

  function copied(value) {
    return JSON.parse(JSON.stringify(value));
  }

  function isDeciding(statement) {
    const verb = statement.verb && String(statement.verb.id).split('/').pop();
    const context = (statement.context && statement.context.contextActivities) || {};
    const hasParent = context.parent && [].concat(context.parent).length > 0;
    return (verb === 'answered' || verb === 'completed') && !hasParent;
  }

  function report() {
    try {
      return copied(root().getXAPIData());
    } catch (error) {
      return undefined; // many content types have none
    }
  }

  function told(event) {
    const statement = copied(event.data.statement);
    const facts = {statement: statement, touched: touched};
    if (isDeciding(statement)) {
      facts.report = root() ? report() : undefined;
      touched = false;
    }
    tell('statement', facts);
    window.setTimeout(saveState, 0); // contents change their state after they told
  }

  function saveState() {
    let state;
    try {
      state = JSON.stringify(root().getCurrentState());
    } catch (error) {
      return; // it has none, or not yet
    }
    // The core takes a saved `null` for a content that was changed, and says so.
    if (state && state !== 'null' && state !== '{}' && state !== lastState && state.length <= MOST_STATE) {
      lastState = state;
      tell('state', {state: state, touched: everTouched});
    }
  }

  ['pointerdown', 'keydown', 'input', 'change'].forEach(function (type) {
    window.addEventListener(type, function (event) {
      touched = touched || event.isTrusted;
      everTouched = everTouched || event.isTrusted;
    }, true);
  });
  ['pagehide', 'visibilitychange'].forEach(function (type) {
    window.addEventListener(type, saveState, true);
  });
  window.addEventListener('message', function (event) {
    const asked = event.data;
    if (event.source === around && asked && asked.h5p === 1 && asked.type === 'save') {
      saveState();
    }
  });

  /* ---- How it stands in the page ---- */

  function tellSize() {
    const height = Math.min(Math.ceil(document.body.scrollHeight), HIGHEST);
    if (height !== lastHeight) {
      lastHeight = height;
      tell('size', {height: height});
    }
  }

  function watchSize() {
    const observer = new ResizeObserver(tellSize);
    observer.observe(document.documentElement);
    observer.observe(document.body);
    window.addEventListener('resize', function () {
      window.H5P.instances.forEach(function (instance) {
        window.H5P.trigger(instance, 'resize');
      });
    });
    tellSize();
  }

  /* A frame that goes elsewhere is blocked, and the activity would be gone: show the address. */
  document.addEventListener('click', function (event) {
    const link = event.target.closest && event.target.closest('a[href], area[href]');
    if (!link || link.getAttribute('href').trim().startsWith('#')) {
      return;
    }
    event.preventDefault();
    if (/^https?:/.test(link.href)) {
      const place = document.querySelector('.h5p-elsewhere');
      const address = document.createElement('span');
      address.textContent = link.href;
      place.replaceChildren(place.dataset.text + ' ', address);
    }
  });

  window.addEventListener('error', function (event) {
    if (event.target instanceof HTMLScriptElement) {
      fail('script');
    }
  }, true);
  document.addEventListener('DOMContentLoaded', function () {
    if (window.H5P.jQuery) {
      window.H5P.jQuery(start); // after what the core does when the page is there
    } else {
      fail('script');
    }
  });
})();
