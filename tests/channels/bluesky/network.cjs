// A personal data server and its directory, on loopback. Says its address on one line; ends with
// its input. The folder of its packages and the port are its arguments.
'use strict'
const path = require('node:path')

const [folder, port, kept] = process.argv.slice(2)
const { TestNetworkNoAppView } = require(path.join(folder, 'node_modules/@atproto/dev-env'))

async function main() {
  const network = await TestNetworkNoAppView.create({
    pds: { port: Number(port), repoBackfillLimitMs: Number(kept) },
  })
  console.log(JSON.stringify({ url: network.pds.url }))
  process.stdin.resume()
  process.stdin.on('end', () => process.exit(0))
}

main().catch((problem) => {
  console.error(problem)
  process.exit(1)
})
