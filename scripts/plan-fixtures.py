#!/usr/bin/env python3
"""Makes the .docx and .pdf fixtures of `duban import` with real programs.

Needs python-docx (PyPI), Chromium and LibreOffice. The files are kept in the repository, so that the tests need neither.

Usage: scripts/plan-fixtures.py [DIRECTORY]
"""

import html
import pathlib
import subprocess
import sys
import tempfile

import docx
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/DubanLedgerTests/Fixtures"


def paragraphs(text):
    """The real plan's paragraphs: its lines put together again where a line doesn't begin with something new."""
    result, previous_is_full = [], False
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if previous_is_full and result and not begins(line):
            result[-1] += line
        else:
            result.append(line)
        previous_is_full = len(line) >= 24
    return result


def begins(line):
    """Whether a line begins a paragraph."""
    labels = ("主要问题", "整改目标", "整改措施", "责任单位", "责 任 人", "完成时限", "联系人", "邮箱", "mailto", "2022年 9月")
    numbered = len(line) > 1 and line[0].isdigit() and line[1] == "、"
    heading = line[:1] in "一二三" and line[1:2] == "、" or line[:1] == "（" and line[1:2] in "一二三四五六七八"
    return line.startswith(labels) or numbered or heading


def list_format(document, levels):
    """Adds a list format: (format, text) for each level. Returns its number."""
    numbering = document.part.numbering_part.element
    format_id, list_id = "90", "90"
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), format_id)
    for index, (number_format, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(index))
        for name, value in (("w:start", "1"), ("w:numFmt", number_format), ("w:lvlText", text)):
            element = OxmlElement(name)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), list_id)
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), format_id)
    number.append(link)
    numbering.append(number)
    return list_id


def add_numbered(document, list_id, level, text):
    """Adds a paragraph whose number Word makes."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(list_id)
    return paragraph


def real_plan(directory):
    document = docx.Document()
    for paragraph in paragraphs((FIXTURES / "plan.txt").read_text(encoding="utf-8")):
        document.add_paragraph(paragraph)
    document.save(directory / "real-plan.docx")


def numbered_plan(directory):
    """A plan with automatic numbers, a table with merged cells, a deletion and a text in two runs."""
    document = docx.Document()
    lists = list_format(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    document.add_paragraph("桃源县营商环境整改方案")
    document.add_paragraph("2023年4月20日")
    add_numbered(document, lists, 0, "整改任务")
    add_numbered(document, lists, 1, "企业开办")
    add_numbered(document, lists, 2, "推行“一窗通办”。设置企业开办专窗。")
    first = add_numbered(document, lists, 2, "压缩办理时限。")
    first.add_run("将企业开办时间压缩至")
    first.add_run("1个工作日").bold = True
    first.add_run("以内。")
    document.add_paragraph("责任单位：县市场监督管理局")
    owner = document.add_paragraph("责任人：")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "旧人名"
    run.append(text)
    deleted.append(run)
    owner._p.append(deleted)
    owner.add_run("何新")
    document.add_paragraph("完成时限：2023年6月底前")
    add_numbered(document, lists, 1, "办理建筑许可")
    add_numbered(document, lists, 2, "推行联合验收。")
    document.add_paragraph("责任单位：县住房和城乡建设局")
    document.add_paragraph("责任人：伍柳")
    document.add_paragraph("完成时限：长期")
    add_numbered(document, lists, 0, "任务清单")
    table = document.add_table(rows=1, cols=5)
    for cell, heading in zip(table.rows[0].cells, ["序号", "领域", "整改措施", "责任单位", "完成时限"]):
        cell.text = heading
    rows = [
        ("1", "纳税", "推广电子发票。", "县税务局", "2023年9月底前"),
        ("2", "纳税", "设立导税专岗。", "县税务局", "2023年9月底前"),
        ("3", "用电", "公开停电计划。", "县供电公司", "每月25日前"),
    ]
    for row in rows:
        for cell, value in zip(table.add_row().cells, row):
            cell.text = value
    for column in (1, 3):
        table.cell(2, column).text = ""
        table.cell(1, column).merge(table.cell(2, column))
    document.save(directory / "numbered.docx")


def real_pdf(directory):
    """The real plan as a PDF of A4 pages, with page numbers."""
    body = "".join(
        f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs((FIXTURES / "plan.txt").read_text("utf-8"))
    )
    page = (
        "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:37mm 26mm 35mm 28mm}"
        "body{font:21px/1.75 'Noto Serif CJK SC','Noto Sans CJK SC',serif}p{margin:0;text-indent:2em}</style>" + body
    )
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "plan.html"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={directory / 'real-plan.pdf'}", source.as_uri()],
            check=True, capture_output=True,
        )


def merged_rows(directory):
    """A table whose numbers, problems and deadlines are merged over rows, each with units of its own: cells centred, lines
    1.6 apart, on two pages; the same as .docx and as LibreOffice's PDF of it."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = page.page_height, page.page_width
    document.add_paragraph("白桦县食品安全问题整改台账")
    document.add_paragraph("2024年5月8日")
    headings = ["序号", "存在问题", "整改措施", "责任单位", "责任人", "完成时限"]
    problems = [
        ("部分校外托餐点证照不全", "2024年8月底前", [
            ("逐户核查辖区校外托餐点。建立名录库，与学校名单比对。", "县市场监管局", "苏木"),
            ("督促学校与托餐点签订责任书。明确接送、留样、报告三项责任。", "县教育体育局\n县市场监管局", "白芷"),
            ("关停拒不整改的托餐点。", "县综合执法局", "苏木"),
        ]),
        ("农贸市场快检室长期闲置", "2024年10月31日前", [
            ("配齐快检人员。每个市场不少于两名持证检测员，每日公示检测结果，发现不合格产品当日下架并追溯来源。", "县市场监管局、县农业农村局", "白芷"),
            ("更换过期试剂。", "县市场监管局", "苏木"),
        ]),
        ("小作坊进货台账缺失", "长期坚持", [
            ("统一印制进货台账。送到每一户，并讲明怎样填写。", "县市场监管局", "苏木"),
            ("每季度抽查一次。抽查比例不低于三成，结果通报各乡镇，连续两次不合格的列入重点监管名单。", "县食药安办", "白芷"),
        ]),
    ]
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, headings):
        cell.text = heading
    for number, (problem, deadline, rows) in enumerate(problems, 1):
        first = len(table.rows)
        for measure, units, person in rows:
            for cell, text in zip(table.add_row().cells[2:5], (measure, units, person)):
                cell.text = text
        for column, text in ((0, str(number)), (1, problem), (5, deadline)):
            table.cell(first, column).merge(table.cell(len(table.rows) - 1, column)).text = text
    for row in table.rows:
        for cell, width in zip(row.cells, (1.2, 4, 8.5, 4.5, 1.8, 3)):
            cell.width, cell.vertical_alignment = Cm(width), WD_ALIGN_VERTICAL.CENTER
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = 1.6
    document.save(directory / "merged-rows.docx")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}", "--convert-to", "pdf", "--outdir",
             directory, directory / "merged-rows.docx"],
            check=True, capture_output=True,
        )


def main(arguments):
    directory = pathlib.Path(arguments[0]) if arguments else FIXTURES / "documents"
    directory.mkdir(parents=True, exist_ok=True)
    real_plan(directory)
    numbered_plan(directory)
    real_pdf(directory.resolve())
    merged_rows(directory.resolve())


if __name__ == "__main__":
    main(sys.argv[1:])
