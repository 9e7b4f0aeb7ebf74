/* Runs before the scripts of strangers, in the frame of an H5P activity: closes the ways out that no
   policy of the browser closes (ADR 19). The second lock in a browser that knows Connection-Allowlist,
   the only one in others; and there it holds no longer than no way to make an element was forgotten.

   - WebRTC connects wherever it likes. So it is taken away, and every way that we know to make
     another frame, in which it would still be there.
   - <link rel="preconnect"> and "dns-prefetch" tell the name of a host to others. So every way that we
     know to make a <link>; frame.js brings the stylesheets in another way.

   Markup is only checked where the browser has Trusted Types. Without, markup can still make both.

   Strangers may change what is built in, afterwards. So nothing here leans on a built-in when it is
   called: only on operators, and on what was taken before. */
(function () {
  'use strict';

  const apply = Reflect.apply;
  const define = Object.defineProperty;
  const XHTML = 'http://www.w3.org/1999/xhtml';
  const FORBIDDEN = ['link', 'iframe', 'frame', 'frameset', 'object', 'embed', 'base', 'meta', 'portal', 'fencedframe'];
  const LOWER = Object.create(null);
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').forEach(function (letter) {
    LOWER[letter] = letter.toLowerCase();
  });

  const NAME_ENDS = Object.assign(Object.create(null), {' ': true, '\t': true, '\n': true, '\r': true, '\f': true, '/': true, '>': true, '<': true});

  function replace(object, name, value) {
    if (object && name in object) {
      define(object, name, {value: value, writable: false, configurable: false, enumerable: false});
    }
  }

  function lower(letter) {
    return LOWER[letter] || letter;
  }

  function isIn(text, at, word) {
    for (let step = 0; step < word.length; step += 1) {
      if (at + step >= text.length || lower(text[at + step]) !== word[step]) {
        return false;
      }
    }
    return true;
  }

  function isForbidden(text, at) {
    for (let index = 0; index < FORBIDDEN.length; index += 1) {
      if (isIn(text, at, FORBIDDEN[index])) {
        return true;
      }
    }
    return false;
  }

  /* Where the name that begins at `at` begins to count: XML has `a:link` too. */
  function afterPrefix(text, at) {
    let end = at;
    while (end < text.length && !NAME_ENDS[text[end]]) {
      if (text[end] === ':') {
        return end + 1;
      }
      end += 1;
    }
    return at;
  }

  /* `<iframe` becomes `<x-iframe`, which is nothing. Also within attributes, where it is harmless.
     It must see all of the markup at once: what takes it in pieces is taken away. */
  function disarmed(markup) {
    const text = '' + markup;
    let made = '';
    for (let at = 0; at < text.length; at += 1) {
      made += text[at];
      if (text[at] === '<' && (isForbidden(text, at + 1) || isForbidden(text, afterPrefix(text, at + 1)))) {
        made += 'x-x'; // no prefix that was declared
        at = afterPrefix(text, at + 1) - 1;
      } else if (text[at] === '<' && text[at + 1] === '/' && isForbidden(text, at + 2)) {
        made += '/x-';
        at += 1;
      }
    }
    return made;
  }

  function named(name) {
    const text = '' + name;
    return isForbidden(text, 0) ? 'x-' + text : text;
  }

  /* `a:link` is as good a name as `link`. */
  function namedWithPrefix(name) {
    const text = '' + name;
    let made = '';
    for (let at = 0; at < text.length; at += 1) {
      if ((at === 0 || text[at - 1] === ':') && isForbidden(text, at)) {
        made += 'x-';
      }
      made += text[at];
    }
    return made;
  }

  function closeElements() {
    const createElement = Document.prototype.createElement;
    const createElementNS = Document.prototype.createElementNS;
    const elements = CustomElementRegistry.prototype.define;
    replace(Document.prototype, 'createElement', function (name) {
      return apply(createElement, this, [named(name)]);
    });
    replace(Document.prototype, 'createElementNS', function (namespace, name) {
      const space = namespace === null || namespace === undefined ? null : '' + namespace;
      const safe = space === XHTML ? namedWithPrefix(name) : '' + name;
      return apply(createElementNS, this, [space, safe]);
    });
    replace(DOMImplementation.prototype, 'createDocument', undefined); // with an element of any name
    replace(CustomElementRegistry.prototype, 'define', function (name, constructor) {
      return apply(elements, this, [name, constructor]); // never as a kind of <link>
    });
  }

  /* Markup goes through here by `require-trusted-types-for`; where a browser lacks that, the policy
     alone stands. What parses without it is taken away. */
  function closeMarkup() {
    if (window.trustedTypes) {
      window.trustedTypes.createPolicy('default', {
        createHTML: disarmed,
        createScriptURL: function (address) { return '' + address; } // script-src says which
      });
    }
    const parse = DOMParser.prototype.parseFromString;
    replace(DOMParser.prototype, 'parseFromString', function (markup) {
      return apply(parse, this, [disarmed(markup), 'text/html']); // XML has more ways to write a name
    });
    replace(window, 'XSLTProcessor', undefined);
    replace(window, 'Sanitizer', undefined);
    replace(XMLHttpRequest.prototype, 'responseXML', null);
    [Document, Document.prototype, Node.prototype, Element.prototype, DocumentFragment.prototype,
      ShadowRoot.prototype, Range.prototype].forEach(function (place) {
      Object.getOwnPropertyNames(place).filter(function (name) {
        return /HTML/.test(name) && name !== 'insertAdjacentHTML' && name !== 'getHTML' &&
          typeof Object.getOwnPropertyDescriptor(place, name).value === 'function';
      }).forEach(function (name) {
        replace(place, name, undefined); // setHTML and its kin let <link> pass, or take it in pieces
      });
    });
    ['write', 'writeln', 'open', 'close', 'execCommand'].forEach(function (name) {
      replace(Document.prototype, name, undefined); // `<if`, and then `rame>`
    });
  }

  /* What the page itself brought could be copied. */
  function clear() {
    document.querySelectorAll('meta').forEach(function (meta) {
      meta.remove();
    });
  }

  /* As `response` too a document may come. */
  function closeDocuments() {
    const told = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'responseType');
    define(XMLHttpRequest.prototype, 'responseType', {
      get: function () { return apply(told.get, this, []); },
      set: function (type) {
        const text = '' + type;
        apply(told.set, this, [text === 'document' ? 'text' : text]);
      },
      configurable: false
    });
  }

  function closeConnections() {
    Object.getOwnPropertyNames(window).filter(function (name) {
      return /^(webkit|moz)?RTC/.test(name);
    }).forEach(function (name) {
      replace(window, name, undefined);
    });
  }

  closeElements();
  closeMarkup();
  closeDocuments();
  closeConnections();
  clear();
})();
