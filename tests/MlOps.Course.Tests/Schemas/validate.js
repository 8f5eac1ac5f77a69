// Reads { "schema": …, "documents": […] } and writes what the schema says of each document, one list of sentences a document.
const path = require('path');
const tools = path.join(__dirname, '..', 'Tools', 'node_modules');
const Ajv = require(path.join(tools, 'ajv', 'dist', '2019')).default;

const { schema, documents } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const validate = require(path.join(tools, 'ajv-formats'))(new Ajv({ strict: false, allErrors: true })).compile(schema);
console.log(JSON.stringify(documents.map(document => (validate(document) ? [] : validate.errors.map(error => `${error.instancePath} ${error.message}`)))));
