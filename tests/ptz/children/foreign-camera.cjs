// The camera that npm's `onvif` is tested with, as it is: CoffeeScript, on the port in PORT and on that of WS-Discovery.
require('coffeescript/register');
const { server } = require('onvif/test/serverMockup.coffee');
server.once('listening', () => process.stdout.write('listens\n'));
