/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What page.sh asks of a report's page, in the page itself. Each function returns
 * a list of complaints. */
'use strict';

function luminance(rgb) {
	const linear = rgb.map(v => v / 255).map(v =>
		v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(one, other) {
	const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}

/* As [r, g, b, opacity]. */
function colour(text) {
	const found = text.match(/rgba?\(([^)]*)\)/);
	if (!found)
		return null;
	const parts = found[1].split(/[,\s/]+/).filter(Boolean).map(Number);
	return [parts[0], parts[1], parts[2], parts[3] ?? 1];
}

/* What lies behind an element's middle: a filled shape of a drawing, or the
 * background of the nearest ancestor that has one. */
function behind(element) {
	if (element.ownerSVGElement) {
		const box = element.getBoundingClientRect();
		const at = document.elementsFromPoint(box.x + box.width / 2,
			box.y + box.height / 2);
		for (const shape of at) {
			if (shape === element || !shape.ownerSVGElement || shape.tagName === 'text' ||
			    shape.tagName === 'tspan')
				continue;
			const fill = colour(getComputedStyle(shape).fill);
			const opacity = Number(getComputedStyle(shape).fillOpacity);
			if (fill && fill[3] * opacity > 0.9)
				return fill;
		}
	}
	for (let at = element; at; at = at.parentElement) {
		const background = colour(getComputedStyle(at).backgroundColor);
		if (background && background[3] > 0)
			return background;
	}
	return [255, 255, 255, 1];
}

function paleText() {
	const complaints = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const element = walker.currentNode.parentElement;
		if (!walker.currentNode.data.trim() || /^(script|style|title|desc)$/i.test(element.tagName))
			continue;
		if (!element.getClientRects().length)
			continue;
		const style = getComputedStyle(element);
		const ink = colour(element.ownerSVGElement ? style.fill : style.color);
		const ratio = ink ? contrast(ink, behind(element)) : 0;
		if (ratio < 4.5)
			complaints.push(`contrast ${ratio.toFixed(2)}: ` +
				walker.currentNode.data.trim().slice(0, 40));
	}
	return complaints;
}

function tooWide() {
	const wide = document.documentElement.clientWidth;
	const complaints = [];
	if (document.documentElement.scrollWidth > wide)
		complaints.push(`the page is ${document.documentElement.scrollWidth} pixels wide, not ${wide}`);
	for (const text of document.querySelectorAll('figure svg text')) {
		const box = text.getBoundingClientRect();
		const frame = text.ownerSVGElement.getBoundingClientRect();
		if (box.width && (box.left < frame.left - 1 || box.right > frame.right + 1))
			complaints.push(`text leaves its figure: ${text.textContent.slice(0, 40)}`);
	}
	return complaints;
}

/* Letters in figures, in CSS pixels as they appear. */
function tooSmall(least) {
	return [...document.querySelectorAll('figure svg')].flatMap(svg => {
		const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
		return [...svg.querySelectorAll('text')].map(text =>
			parseFloat(getComputedStyle(text).fontSize) * scale).filter(px => px < least)
			.slice(0, 1).map(px => `letters of ${px.toFixed(1)} pixels in ${svg.getAttribute('aria-labelledby')}`);
	});
}

function tooTall(most) {
	return [...document.querySelectorAll('figure svg')].filter(svg =>
		svg.getBoundingClientRect().height > most).map(svg =>
		`${svg.getAttribute('aria-labelledby')} is ${svg.getBoundingClientRect().height} pixels high`);
}

function withoutWords() {
	const complaints = [];
	for (const svg of document.querySelectorAll('figure svg')) {
		const words = (svg.getAttribute('aria-labelledby') || '').split(' ')
			.map(id => document.getElementById(id)?.textContent.trim() || '');
		if (svg.getAttribute('role') !== 'img' || words.length < 2 || words.some(text => !text))
			complaints.push(`no text alternative: ${svg.getAttribute('aria-labelledby')}`);
	}
	for (const table of document.querySelectorAll('table'))
		if (!table.caption?.textContent.trim() || table.querySelector('thead th:not([scope=col])'))
			complaints.push('a table without caption or scopes');
	for (const control of document.querySelectorAll('button, input, a'))
		if (!(control.textContent.trim() || control.getAttribute('aria-label') ||
				control.labels?.length))
			complaints.push(`no name: ${control.outerHTML.slice(0, 60)}`);
	return complaints;
}

function brokenLinks() {
	const complaints = [], seen = new Set();
	for (const element of document.querySelectorAll('[id]')) {
		if (seen.has(element.id))
			complaints.push(`two elements are ${element.id}`);
		seen.add(element.id);
	}
	for (const link of document.querySelectorAll('a[href^="#"]'))
		if (!seen.has(link.getAttribute('href').slice(1)))
			complaints.push(`${link.getAttribute('href')} leads nowhere`);
	return complaints;
}

function column(table, at) {
	return [...table.tBodies[0].rows].filter(row => !row.hidden &&
		!row.classList.contains('spread')).map(row => row.cells[at].innerText.trim());
}

function tableOf(id) {
	return document.querySelector(`#${id} table`);
}

/* A click sorts upwards, another downwards, by numbers with their units. */
function unsorted(id, name) {
	const table = tableOf(id);
	const heads = [...table.tHead.rows[0].cells];
	const at = heads.findIndex(th => th.innerText.trim() === name);
	const units = { ns: 1, 'µs': 1e3, ms: 1e6, s: 1e9 };
	const values = () => column(table, at).map(text =>
		parseFloat(text) * units[text.split(/\s+/)[1] ?? 'ns']);
	const rows = values().length;
	const complaints = [];
	for (const [way, sign] of [['ascending', 1], ['descending', -1]]) {
		heads[at].querySelector('button').click();
		const sorted = values();
		if (heads[at].getAttribute('aria-sort') !== way)
			complaints.push(`not ${way}`);
		if (sorted.length !== rows || rows < 6 || sorted.some(isNaN))
			complaints.push(`${sorted.length} of ${rows} rows, or no numbers`);
		if (sorted.some((value, i) => i && sign * (value - sorted[i - 1]) < 0))
			complaints.push(`out of order, ${way}`);
	}
	if (document.querySelectorAll(`#${id} [aria-sort]`).length !== 1)
		complaints.push('sorted by several columns');
	return complaints;
}

function unfiltered(id, words) {
	const table = tableOf(id);
	const input = document.querySelector(`#${id} .filter input`);
	const rows = column(table, 0).length;
	const type = text => {
		input.value = text;
		input.dispatchEvent(new Event('input'));
	};
	type(words);
	const left = [...table.tBodies[0].rows].filter(row => !row.hidden);
	const complaints = [];
	if (!left.length || left.length === rows)
		complaints.push(`${left.length} of ${rows} rows are left`);
	for (const row of left)
		if (!words.split(' ').every(word => row.textContent.includes(word)))
			complaints.push(`not what was asked for: ${row.textContent.slice(0, 60)}`);
	if (document.querySelector(`#${id} .filter output`).value !==
			`${left.length} of ${rows} rows`)
		complaints.push('the count is wrong');
	if (decodeURIComponent(location.hash) !== `#${id}?${words}`)
		complaints.push(`the address is ${location.hash}`);
	type('no such words');
	if (column(table, 0).length)
		complaints.push('rows are left without the words');
	type('');
	if (column(table, 0).length !== rows)
		complaints.push('rows do not come back');
	return complaints;
}

function unlooked() {
	const button = document.querySelector('#points .look');
	const complaints = [];
	if (!button)
		return ['no samples to look at'];
	button.click();
	const picture = document.querySelector('#points .spread svg');
	if (!picture?.querySelector('rect') || !/samples from/.test(picture.getAttribute('aria-label')))
		complaints.push('no samples are drawn');
	if (button.getAttribute('aria-expanded') !== 'true')
		complaints.push('not said to be open');
	button.click();
	if (document.querySelector('#points .spread'))
		complaints.push('does not close');
	return complaints;
}

/* A press on a small line of a history shows all nights, another hides them. */
function unlookedNights(id) {
	const complaints = [];
	const buttons = document.querySelectorAll(`#${id} .nights`);
	const small = document.querySelectorAll(`#${id} svg.spark`);
	if (!buttons.length || buttons.length !== small.length)
		return [`${buttons.length} buttons for ${small.length} lines`];
	buttons[1].click();
	const picture = document.querySelector(`#${id} .spread svg`);
	const nights = picture?.querySelectorAll('circle').length;
	const told = picture?.getAttribute('aria-label').match(/(\d+) nights from \d{4}-/);
	if (!told || nights < 3 || Number(told[1]) !== nights)
		complaints.push(`${nights} nights are drawn, and told: ${told && told[0]}`);
	if (/NaN/.test(picture?.outerHTML))
		complaints.push('not a number is drawn');
	if (buttons[1].getAttribute('aria-expanded') !== 'true')
		complaints.push('not said to be open');
	buttons[1].click();
	if (document.querySelector(`#${id} .spread`))
		complaints.push('does not close');
	return complaints;
}

/* Small lines are as high as their rows, and keep inside them. */
function badLines() {
	return [...document.querySelectorAll('svg.spark')].flatMap(svg => {
		const box = svg.getBoundingClientRect();
		const line = svg.querySelector('path:last-of-type').getBBox();
		const view = svg.viewBox.baseVal;
		if (!box.width || !box.height)
			return ['a line that is not seen'];
		return line.x < 0 || line.y < 0 || line.x + line.width > view.width ||
			line.y + line.height > view.height ? ['a line leaves its frame'] : [];
	});
}
