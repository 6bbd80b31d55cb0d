"use strict";
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Sessions = void 0;
const redis_1 = require("redis");
class Sessions {
    constructor(url) {
        this.client = (0, redis_1.createClient)({ url });
        this.client.on('error', console.error);
    }
    store(id, text) {
        return __awaiter(this, void 0, void 0, function* () {
            yield this.client.set(`session:${id}`, text); // expect: set-then-expire // quiet: floating-command -- the generator's yield is an await
            yield this.client.expire(`session:${id}`, 60);
        });
    }
    all(ids) {
        return __awaiter(this, void 0, void 0, function* () {
            const found = [];
            for (const id of ids) {
                found.push(yield this.client.get(`session:${id}`)); // expect: no-command-in-loop
            }
            return found;
        });
    }
    next() {
        return __awaiter(this, void 0, void 0, function* () {
            const job = yield this.client.blPop('jobs', 0); // expect: blocking-on-shared-client
            return job && job.element;
        });
    }
    forget(id) {
        return __awaiter(this, void 0, void 0, function* () {
            this.client.del(`session:${id}`); // expect: floating-command
        });
    }
    *names() {
        yield this.client.get('names'); // quiet: floating-command -- a generator of its own hands its promises out
    }
}
exports.Sessions = Sessions;
