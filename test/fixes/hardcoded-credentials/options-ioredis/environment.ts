process.env.REDIS_PASSWORD = 'n0t-a-real-one';
