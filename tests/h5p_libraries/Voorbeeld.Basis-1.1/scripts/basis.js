/* What the example content types share. Written for the tests of Opmerkzaam. Licence: EUPL-1.2. */
(function () {
  'use strict';

  window.Voorbeeld = window.Voorbeeld || {};

  /** An element with a text, never with HTML: what comes in may hold anything. */
  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text === undefined ? '' : String(text);
    return made;
  }

  function button(text, pressed) {
    const made = element('button', text);
    made.type = 'button';
    made.addEventListener('click', pressed);
    return made;
  }

  /** Where to draw: hosts give a jQuery object or the element itself. */
  function container($container, name) {
    const root = $container.get ? $container.get(0) : $container;
    root.classList.add('voorbeeld', name);
    return root;
  }

  /** A content type that can trigger and tell, as H5P's core expects it. */
  function contentType(Type) {
    Type.prototype = Object.create(H5P.EventDispatcher.prototype);
    Type.prototype.constructor = Type;
    return Type;
  }

  window.Voorbeeld.Basis = {
    element: element, button: button, container: container, contentType: contentType
  };
})();
