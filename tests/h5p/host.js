/* A host as plain as can be: it keeps every statement, and gives back the state it was given. */
(async function () {
  window.statements = [];
  await new window.H5PStandalone.H5P(document.getElementById('content'), {
    id: 'gesprek',
    h5pJsonPath: '/content',
    frameJs: '/player/frame.bundle.js',
    frameCss: '/player/styles/h5p.css',
    embedType: 'div',
    preventH5PInit: false,
    saveFreq: 3600,
    contentUserData: window.savedState ? [{state: JSON.stringify(window.savedState)}] : undefined
  });
  window.H5P.externalDispatcher.on('xAPI', function (event) {
    window.statements.push(JSON.parse(JSON.stringify(event.data.statement)));
  });
  window.H5P.init(document.body);
  document.body.dataset.ready = 'yes';
})();
