var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
  return new (P || (P = Promise))(function (resolve, reject) {
    function step(result) { result.done ? resolve(result.value) : Promise.resolve(result.value).then((value) => step(generator.next(value)), reject); }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
import { createClient } from 'redis';

export class RpcClient {
  constructor(url) {
    this.client = createClient({ url });
    this.client.on('error', console.error);
  }
  read(queue) {
    return __awaiter(this, void 0, void 0, function* () {
      const reply = yield this.client.blPop(queue, 0); // expect: blocking-on-shared-client
      return JSON.parse(reply.element);
    });
  }
  send(queue, message) {
    return __awaiter(this, void 0, void 0, function* () {
      yield this.client.lPush(queue, JSON.stringify(message));
    });
  }
}
