/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the page sort and filter, and show how a point's samples are spread, or
 * all nights of a history's series. Without this the page says the same, only less
 * handily. */
(() => {
'use strict';

const units = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30,
	ns: 1, 'µs': 1e3, ms: 1e6, s: 1e9 };

/* A cell's number, its unit counted in, or null where it begins with none. */
function number(text) {
	const found = text.match(/^\s*([-+]?[0-9][0-9.]*(?:e[-+]?[0-9]+)?)\s*([A-Za-zµ]+)?/);
	if (!found)
		return null;
	return parseFloat(found[1]) * (units[found[2]] || 1);
}

/* Numbers before words; what is empty comes last, whichever way. */
function compare(a, b, down) {
	if (a === '' || b === '')
		return (a === '') - (b === '');
	const x = number(a), y = number(b);
	const way = x !== null && y !== null ? x - y :
		x !== null ? -1 : y !== null ? 1 : a.localeCompare(b);
	return down ? -way : way;
}

function rowsOf(table) {
	return [...table.tBodies[0].rows].filter(row => !row.classList.contains('spread'));
}

function sort(table, th) {
	const down = th.getAttribute('aria-sort') === 'ascending';
	const rows = rowsOf(table);
	for (const other of th.parentNode.cells)
		other.removeAttribute('aria-sort');
	th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
	table.querySelectorAll('.spread').forEach(row => row.remove());
	table.querySelectorAll('[aria-expanded=true]').forEach(
		button => button.setAttribute('aria-expanded', 'false'));
	rows.map((row, at) => ({ row, at, text: row.cells[th.cellIndex].innerText.trim() }))
		.sort((a, b) => compare(a.text, b.text, down) || a.at - b.at)
		.forEach(one => table.tBodies[0].append(one.row));
}

function filter(table, words, output) {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	const rows = rowsOf(table);
	let shown = 0;
	table.querySelectorAll('.spread').forEach(row => row.remove());
	table.querySelectorAll('[aria-expanded=true]').forEach(
		button => button.setAttribute('aria-expanded', 'false'));
	for (const row of rows) {
		const text = row.textContent.toLowerCase();
		row.hidden = !wanted.every(word => text.includes(word));
		shown += !row.hidden;
	}
	output.value = `${shown} of ${rows.length} rows`;
}

function svg(name, attributes, parent) {
	const node = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const key in attributes)
		node.setAttribute(key, attributes[key]);
	if (parent)
		parent.append(node);
	return node;
}

function tell(ns) {
	for (const [limit, unit] of [[1e3, 'ns'], [1e6, 'µs'], [1e9, 'ms'], [Infinity, 's']])
		if (ns < limit)
			return `${Number((ns / units[unit]).toPrecision(3))} ${unit}`;
	return '';
}

/* Bins at the left, with a logarithmic axis; medians of blocks at the right. */
function draw(data, what) {
	const wide = 600, high = 150, foot = 120, half = 280;
	const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img',
		'font-size': 12, fill: 'var(--ink)', 'aria-label': what });
	const bins = [];
	for (let i = 0; i < data.bins.length; i += 2)
		bins.push([data.bins[i], data.bins[i + 1]]);
	if (bins.length) {
		const first = bins[0][0], last = bins[bins.length - 1][0] + 1;
		const most = Math.max(...bins.map(bin => bin[1]));
		const step = half / (last - first);
		for (const [bin, samples] of bins)
			svg('rect', { x: (bin - first) * step, width: Math.max(step - 0.3, 0.5),
				y: foot - Math.max(100 * samples / most, 1),
				height: Math.max(100 * samples / most, 1),
				fill: '#0072B2' }, picture);
		svg('text', { x: 0, y: foot + 16 }, picture).textContent = tell(10 ** (first / 40));
		svg('text', { x: half, y: foot + 16, 'text-anchor': 'end' }, picture)
			.textContent = tell(10 ** (last / 40));
	}
	if (data.medians.length) {
		const least = Math.min(...data.medians), most = Math.max(...data.medians);
		data.medians.forEach((median, i) => svg('circle', { r: 2, fill: '#D55E00',
			cx: half + 40 + (wide - half - 50) * (i + 0.5) / data.medians.length,
			cy: foot - 8 - 92 * (most > least ? (median - least) / (most - least) : 0.5)
		}, picture));
		svg('text', { x: half + 40, y: 12 }, picture).textContent =
			`${tell(least)} to ${tell(most)}`;
		svg('text', { x: half + 40, y: foot + 16 }, picture).textContent =
			`medians of ${data.blocks} blocks, in order of time`;
	}
	return picture;
}

function describe(data) {
	let samples = 0;
	for (let i = 1; i < data.bins.length; i += 2)
		samples += data.bins[i];
	const medians = data.medians;
	return (samples ? `${samples} samples from ` +
		`${tell(10 ** (data.bins[0] / 40))} to ` +
		`${tell(10 ** ((data.bins[data.bins.length - 2] + 1) / 40))}. ` : '') +
		(medians.length ? `Medians of ${data.blocks} blocks from ` +
		`${tell(Math.min(...medians))} to ${tell(Math.max(...medians))}.` : '');
}

/* A series' values, made absolute; what a table of a history holds is explained in
 * scripts/history/series.sql. */
function nightsOf(all, series) {
	const [label, unit, level, values, shifts] = all.series[series];
	let at = 0;
	const nights = all.minutes.map((more, i) => ({ at: at += more, x: values[i] }))
		.filter(night => night.x !== null)
		.map(night => ({ at: night.at, value: level * Math.exp(night.x / 1000) }));
	return { label, unit, nights, shifts, step: all.step || 1440 };
}

function tellValue(value, unit) {
	return unit === 'ns' ? tell(value) : `${Number(value.toPrecision(4))} ${unit}`.trim();
}

function day(minutes) {
	return new Date(minutes * 60000).toISOString().slice(0, 10);
}

/* By time, so that nights that are missing are a gap. */
function drawNights(data, what) {
	const wide = 640, high = 180, left = 6, foot = 150, head = 18;
	const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img',
		'font-size': 12, fill: 'var(--ink)', 'aria-label': what });
	const { nights, shifts, step } = data;
	const first = nights[0].at, last = nights[nights.length - 1].at;
	const values = nights.map(night => night.value);
	let least = Math.min(...values), most = Math.max(...values);
	if (most < least * 1.04)
		[least, most] = [(least + most) * 0.49, (least + most) * 0.51];
	const x = at => left + (wide - 2 * left) * (last > first ?
		(at - first) / (last - first) : 0.5);
	const y = value => foot - (foot - head) * (value - least) / (most - least);
	for (const at of shifts.filter(at => at >= first))
		svg('path', { d: `M${x(at)} ${head}V${foot}`, stroke: '#D55E00',
			'stroke-width': 2, fill: 'none' }, picture);
	svg('path', { fill: 'none', stroke: '#0072B2', d: nights.map((night, i) =>
		`${i && night.at - nights[i - 1].at <= 1.75 * step ? 'L' : 'M'}` +
		`${x(night.at).toFixed(1)} ${y(night.value).toFixed(1)}`).join('')
	}, picture);
	for (const night of nights)
		svg('circle', { r: 2, fill: '#0072B2', cx: x(night.at).toFixed(1),
			cy: y(night.value).toFixed(1) }, picture);
	const write = (text, attributes) =>
		svg('text', attributes, picture).textContent = text;
	write(tellValue(most, data.unit), { x: left, y: 12 });
	write(`${tellValue(least, data.unit)}, ${day(first)}`, { x: left, y: foot + 20 });
	write(day(last), { x: wide - left, y: foot + 20, 'text-anchor': 'end' });
	return picture;
}

function describeNights(data) {
	const values = data.nights.map(night => night.value);
	return `${data.label}: ${values.length} nights from ${day(data.nights[0].at)} to ` +
		`${day(data.nights[values.length - 1].at)}, from ` +
		`${tellValue(Math.min(...values), data.unit)} to ` +
		`${tellValue(Math.max(...values), data.unit)}` +
		(data.shifts.length ? `; levels: ${data.shifts.length + 1}.` : '.');
}

function look(button, row, words, draw) {
	const open = button.getAttribute('aria-expanded') === 'true';
	button.setAttribute('aria-expanded', String(!open));
	if (open) {
		row.nextElementSibling.remove();
		return;
	}
	const spread = document.createElement('tr');
	spread.className = 'spread';
	const cell = spread.insertCell();
	cell.colSpan = row.cells.length;
	cell.append(draw(words));
	const note = document.createElement('p');
	note.className = 'note';
	note.textContent = words;
	cell.append(note);
	row.after(spread);
}

function offerSamples(box, table) {
	const all = JSON.parse(document.getElementById(box.dataset.samples).textContent);
	const heads = [...table.tHead.rows[0].cells].map(th => th.textContent);
	const metric = heads.indexOf('metric'), samples = heads.indexOf('samples');
	for (const row of rowsOf(table)) {
		const cell = row.cells[samples];
		const data = all[`${row.cells[0].textContent} ${row.cells[metric].textContent}`];
		if (!data || !(data.bins.length || data.medians.length))
			continue;
		const button = document.createElement('button');
		button.className = 'look';
		button.textContent = cell.textContent;
		button.setAttribute('aria-expanded', 'false');
		button.setAttribute('aria-label', `${cell.textContent} samples of point ` +
			`${row.cells[0].textContent}: show how they are spread`);
		button.addEventListener('click', () => look(button, row, describe(data),
			words => draw(data, words)));
		cell.replaceChildren(button);
	}
}

function offerNights(box, table) {
	const all = JSON.parse(document.getElementById(box.dataset.nights).textContent);
	for (const row of rowsOf(table)) {
		const small = row.querySelector('svg[data-series]');
		if (!small || !all.series[small.dataset.series])
			continue;
		const data = nightsOf(all, small.dataset.series);
		const button = document.createElement('button');
		button.className = 'look nights';
		button.setAttribute('aria-expanded', 'false');
		button.setAttribute('aria-label', `${small.getAttribute('aria-label')}: show all`);
		button.addEventListener('click', () => look(button, row, describeNights(data),
			words => drawNights(data, words)));
		small.parentNode.append(button);
		button.append(small);
	}
}

function offerFilter(box, table, at) {
	const line = document.createElement('div');
	const label = document.createElement('label');
	const input = document.createElement('input');
	const output = document.createElement('output');
	const holder = box.closest('[id]');
	line.className = 'filter';
	input.type = 'search';
	input.id = `filter-${at}`;
	label.htmlFor = input.id;
	label.textContent = 'Rows with the words';
	line.append(label, input, output);
	box.before(line);
	/* So that a filtered table can be linked to: #table-size?fork anon */
	const [id, words] = decodeURIComponent(location.hash.slice(1)).split('?');
	if (words && holder && holder.id === id) {
		input.value = words;
		line.scrollIntoView();
	}
	filter(table, input.value, output);
	input.addEventListener('input', () => {
		filter(table, input.value, output);
		if (holder)
			history.replaceState(null, '', `#${holder.id}` +
				(input.value ? `?${encodeURIComponent(input.value)}` : ''));
	});
}

/* What a link leads to is open. */
function openTarget() {
	const id = decodeURIComponent(location.hash.slice(1)).split('?')[0];
	const closed = id && document.getElementById(id)?.querySelector(':scope > details');
	if (closed)
		closed.open = true;
}
addEventListener('hashchange', openTarget);
openTarget();

document.querySelectorAll('.wide').forEach((box, at) => {
	const table = box.querySelector('table');
	for (const th of table.tHead.rows[0].cells) {
		const button = document.createElement('button');
		button.append(...th.childNodes);
		th.append(button);
		button.addEventListener('click', () => sort(table, th));
	}
	if (box.dataset.samples)
		offerSamples(box, table);
	if (box.dataset.nights)
		offerNights(box, table);
	if (rowsOf(table).length > 5)
		offerFilter(box, table, at);
});
})();
