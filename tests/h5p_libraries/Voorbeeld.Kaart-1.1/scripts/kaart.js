/* A card that is turned by a button. It reports nothing. params: {front, back, picture}. EUPL-1.2. */
(function () {
  'use strict';

  const basis = window.Voorbeeld.Basis;

  const Kaart = basis.contentType(function (params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params || {};
    this.contentId = contentId;
    this.isTurned = ((extras && extras.previousState) || {}).isTurned === true;
  });

  Kaart.prototype.attach = function ($container) {
    this.root = basis.container($container, 'voorbeeld-kaart');
    this.draw();
  };

  Kaart.prototype.draw = function () {
    const said = this.isTurned ? this.params.back : this.params.front;
    this.root.textContent = '';
    this.root.appendChild(basis.element('p', said));
    if (this.params.picture) {
      const image = document.createElement('img');
      image.alt = '';
      image.src = H5P.getPath(this.params.picture.path, this.contentId);
      this.root.appendChild(image);
    }
    this.root.appendChild(basis.button('Draai om', () => {
      this.isTurned = !this.isTurned;
      this.draw();
    }));
    this.trigger('resize');
  };

  Kaart.prototype.getCurrentState = function () {
    return {isTurned: this.isTurned};
  };

  window.Voorbeeld.Kaart = Kaart;
})();
