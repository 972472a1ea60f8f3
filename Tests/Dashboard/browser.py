"""A headless Chromium, and what is asked of the page in it."""

import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

DESKTOP, PHONE = (1360, 900), (390, 844)


class Failure(AssertionError):
    """The page is not as it should be."""


class Browser:
    def __init__(self, base, size=DESKTOP, script=True):
        self.base = base
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                         "--no-first-run", "--disable-background-networking", "--no-proxy-server"):
            options.add_argument(argument)
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(20)
        self.resize(size)

    def resize(self, size, height=None, theme="light"):
        width, usual = size
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height or usual, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": theme}]})

    def open(self, path):
        self.driver.get(self.base + path)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector="main"):
        found = self.all(selector)
        return found[0].text if found else ""

    def fill(self, fields):
        """Types into the fields of these ids, or chooses there. What a live update replaces meanwhile is found again."""
        for name, value in fields.items():
            self.wait(f"{name} can be filled", lambda: self.enter(name, value), 5)

    def enter(self, name, value):
        field = self.driver.find_element(By.ID, name)
        if field.tag_name == "select":
            field.find_element(By.CSS_SELECTOR, f'option[value="{value}"]').click()
        elif field.get_attribute("type") == "radio":
            field.click()
        else:
            field.clear()
            field.send_keys(value)
        return True

    def click(self, selector):
        self.wait(f"{selector} can be clicked", lambda: self.one(selector).click() or True, 5)

    def press(self, text, inside="body"):
        """Presses the button with that text, which must be there and visible."""
        self.wait(f"{inside} has a button “{text}”", lambda: self.press_first(text, inside), 5)

    def press_first(self, text, inside):
        for button in self.all(f"{inside} button, {inside} summary"):
            if button.text.strip() == text:
                button.click()
                return True
        return False

    def keys(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def focus(self):
        """What has the focus: its text, or its label."""
        return self.driver.execute_script(
            "const e = document.activeElement; return e.tabIndex < 0 ? '' : e.getAttribute('aria-label') || e.labels?.[0]?.textContent"
            " || e.textContent.trim()")

    def tab_to(self, wanted, limit=80):
        for _ in range(limit):
            if wanted in (self.focus() or ""):
                return
            self.keys(Keys.TAB)
        raise Failure(f"Tab never comes to “{wanted}”")

    def wait(self, what, condition, seconds=20):
        """Until it holds, which is told if it never does."""
        end = time.monotonic() + seconds
        while True:
            try:
                result = condition()
                if result:
                    return result
            except (StaleElementReferenceException, WebDriverException):
                pass
            if time.monotonic() > end:
                raise Failure(f"after {seconds} s it is not so that {what}; the page says:\n{self.text('body')}")
            time.sleep(0.05)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def picture(self, path, size, theme):
        self.resize(size, theme=theme)
        height = self.run("return document.documentElement.scrollHeight")
        self.resize(size, height=min(height, 4000), theme=theme)
        self.driver.save_screenshot(path)
        self.resize(DESKTOP)

    def quit(self):
        self.driver.quit()
