// Usage: node observatory.mjs PACKAGE HOST PATH COOKIE. Prints Mozilla's grade of one page as JSON.
// The program of the package asks only the first page, without a cookie; the rules and the sum are its own.
const [, , directory, host, path, cookie] = process.argv;
const from = (file) => import(`${directory}/src/${file}`);
const { retrieve } = await from("retriever/retriever.js");
const { ALL_TESTS } = await from("constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts.js");
const { getGradeForScore, getScoreModifier } = await from("grader/grader.js");

const headers = ["Accept: text/html", ...(cookie ? [`Cookie: ${cookie}`] : [])];
const answers = await retrieve(host, { path, headers });
const results = ALL_TESTS.map((test) => test(answers)).filter((result) => result.result);
const changes = results.map((result) => getScoreModifier(result.result));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 100);
const lost = sum(changes.filter((change) => change < 0));
const { grade, score } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(changes) : lost);
const failed = results.filter((result) => !result.pass).map((result) => result.result);
console.log(
  JSON.stringify({ grade, score, failed, tests: results.length, status: answers.responses.auto.status,
    results: Object.fromEntries(results.map((result, index) => [result.result, changes[index]])) }),
);
