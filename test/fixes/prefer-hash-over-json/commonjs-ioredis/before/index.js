'use strict';

const { markOnline, statusOf } = require('./presence');
const { lastSeen } = require('./seen');

module.exports = { markOnline, statusOf, lastSeen };
