/* Texts as they come out of a package, and the order in which choices are shown. Licence: EUPL-1.2. */
(function (root, make) {
  'use strict';
  if (typeof module === 'object' && module.exports) {
    module.exports = make();
  }
  else {
    root.Opmerkzaam = root.Opmerkzaam || {};
    root.Opmerkzaam.texts = make();
  }
})(typeof window === 'undefined' ? this : window, function () {
  'use strict';

  const NAMED = {amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', '#39': '\'', '#039': '\'', '#x27': '\''};

  /**
   * Plain text from a text field. Fields hold escaped text: our export writes it so, and hosts
   * escape what is not escaped yet. One level is taken off; the page then gets it as text.
   */
  function plain(text) {
    return text.replace(/&(amp|lt|gt|quot|apos|#0?39|#x27);/gi, function (whole, name) {
      return NAMED[name.toLowerCase()];
    });
  }

  /** The same params with every text in them plain. */
  function allPlain(value) {
    if (typeof value === 'string') {
      return plain(value);
    }
    if (Array.isArray(value)) {
      return value.map(allPlain);
    }
    if (value && typeof value === 'object') {
      const found = {};
      Object.keys(value).forEach(function (key) {
        found[key] = allPlain(value[key]);
      });
      return found;
    }
    return value;
  }

  /** Paragraphs are parted by a blank line. */
  function paragraphs(text) {
    return (text || '').split(/\n\s*\n/).map((part) => part.trim()).filter((part) => part !== '');
  }

  /** Put values in their places: filled('{a} of {b}', {a: 1, b: 2}). */
  function filled(text, values) {
    return (text || '').replace(/\{(\w+)\}/g, function (whole, name) {
      return Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : whole;
    });
  }

  /** Numbers between 0 and 1 that follow from a text (FNV-1a, then mulberry32). */
  function numbersFrom(text) {
    let state = 0x811c9dc5;
    for (let place = 0; place < text.length; place++) {
      state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
    }
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  /** The list in an order that follows from the seed: the same in the same attempt. */
  function shuffled(list, seed) {
    const next = numbersFrom(String(seed));
    const order = list.slice();
    for (let place = order.length - 1; place > 0; place--) {
      const other = Math.floor(next() * (place + 1));
      [order[place], order[other]] = [order[other], order[place]];
    }
    return order;
  }

  return {
    plain: plain, allPlain: allPlain, paragraphs: paragraphs, filled: filled, shuffled: shuffled
  };
});
