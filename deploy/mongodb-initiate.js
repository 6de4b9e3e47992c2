/* Run by mongosh: makes the replica set rs0 of the hosts in MEMBERS, unless it is there, and waits for its primary. */
const members = process.env.MEMBERS.split(',').map((host, _id) => ({ _id, host: `${host}:27017` }));
try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'rs0', members });
}
while (!db.hello().primary) sleep(200);
print(`primary: ${db.hello().primary}`);
